"""What no source of ours may do: unpickle a file, evaluate a text, or put one on the page as HTML."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
PYTHON = [*ROOT.glob("*.py"), *(file for name in ("dlcore", "ui", "pages") for file in (ROOT / name).rglob("*.py"))]
SCRIPTS = sorted((ROOT / "ui").rglob("*.js"))
UNPICKLE = {
    "pickle.load",
    "pickle.loads",
    "pickle.Unpickler",
    "torch.load",
    "joblib.load",
    "shelve.open",
    "pd.read_pickle",
    "pandas.read_pickle",
    "marshal.load",
    "marshal.loads",
    "dill.load",
}
EVALUATE = {"eval", "exec", "compile"}
# who writes HTML, and that it escapes what it is given or is given constants alone
HTML = {
    "pages/concepts/families.py": "diagrams with our own labels",
    "pages/rnn/unit.py": "colour_text, tests/pages/test_visitors_text.py",
    "pages/rnn/writing.py": "mark_copies, tests/pages/test_visitors_text.py",
}


def calls(file: Path) -> Iterator[tuple[Path, str, ast.Call]]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield file, ast.unparse(node.func), node


CALLS = [call for file in PYTHON for call in calls(file)]


def argument(call: ast.Call, name: str) -> str:
    return next((ast.unparse(word.value) for word in call.keywords if word.arg == name), "")


def test_nothing_is_unpickled_or_evaluated():
    for file, name, call in CALLS:
        assert name not in UNPICKLE | EVALUATE, file
        assert name != "np.load" or argument(call, "allow_pickle") == "False", file
        is_pickled = name.endswith(("cache_data", "cache_resource")) and argument(call, "persist")
        assert not is_pickled, file


def test_html_is_written_where_we_know_of_it():
    for file, name, call in CALLS:
        is_style = name == "st.html" and ast.unparse(call.args[0]).startswith("f'<style>{")
        if (name.endswith(".html") and name != "export.html" and not is_style) or argument(call, "unsafe_allow_html"):
            assert str(file.relative_to(ROOT)) in HTML


def test_scripts_write_html_from_constants_alone():
    written = [
        line.strip()
        for script in SCRIPTS
        for line in script.read_text(encoding="utf-8").splitlines()
        if re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", line)
    ]
    assert [line.partition(" = ")[0] for line in written] == ["button.innerHTML"]
    assert re.findall(r"\$\{([^}]*)\}", written[0]) == ["ICONS[icon]"]  # a table in the same file
