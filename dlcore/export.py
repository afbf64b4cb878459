"""Take home: a self-contained script and notebook made from the source that ran.

The experiment's class is followed through the modules of dlcore it uses; of each module the definitions that are
reached are copied word for word, in an order in which they can run. Nothing is imported here but text.
"""

from __future__ import annotations

import ast
import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from dlcore.advance import class_name
from dlcore.data.shipped import read_shipped
from dlcore.specs import Spec

ROOT = Path(__file__).parent.parent
AT_HOME = {"dlcore.device": "dlcore.at_home"}  # modules that others stand in for


@dataclass
class Module:
    """What is taken from one module: the lines of its needed definitions, and its imports from outside dlcore."""

    name: str
    pieces: dict[int, str] = field(default_factory=dict)  # first line → source
    files: dict[int, str] = field(default_factory=dict)  # line → a shipped file as a constant
    imports: set[str] = field(default_factory=set)
    uses: set[str] = field(default_factory=set)  # other modules of dlcore

    def __post_init__(self) -> None:
        self.text = (ROOT / f"{self.name.replace('.', '/')}.py").read_text(encoding="utf-8")
        self.definitions = {defined: node for node in ast.parse(self.text).body for defined in _defined(node)}
        self.done: set[str] = set()

    @property
    def source(self) -> str:
        return "\n\n\n".join(piece.rstrip() for _, piece in sorted((self.pieces | self.files).items()))

    def take(self, needed: str) -> list[tuple[str, str]]:
        """Take the definition of a name; returns the (module, name) pairs that it uses in turn."""
        node = self.definitions.get(needed)
        if node is None or needed in self.done:
            return []
        self.done.add(needed)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("dlcore"):
            module = AT_HOME.get(str(node.module), str(node.module))
            self.uses.add(module)
            return [(module, needed)]
        if isinstance(node, ast.Import | ast.ImportFrom):
            self.imports.add(_import_line(node, needed))
            return []
        if (shipped := _shipped(node)) is not None:
            self.files[node.lineno] = f'{needed} = """\\\n{shipped}"""'
            return []
        first = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))])
        self.pieces[first] = "\n".join(self.text.splitlines()[first - 1 : node.end_lineno])
        return [(self.name, found.id) for found in ast.walk(node) if isinstance(found, ast.Name)]


def script(spec: Spec) -> str:
    """A Python program that trains this spec and prints the same final numbers as the page, `name value` a line."""
    modules = collect(spec)
    imports = "\n".join(_imports(modules))
    parts = [f'"""{_title(spec)}"""', imports]
    parts += [f"# ---- from {module.name.replace('.', '/')}.py\n\n{module.source}" for module in modules]
    parts += [_settings(spec), _training(spec, modules)]
    return "\n\n\n".join(parts) + "\n"


def notebook(spec: Spec) -> str:
    """The same program as a Jupyter notebook (nbformat 4), a cell a module."""
    modules = collect(spec)
    cells = [_cell("markdown", f"# {_title(spec)}"), _cell("code", "\n".join(_imports(modules)))]
    cells += [_cell("code", module.source) for module in modules]
    cells += [_cell("code", _settings(spec)), _cell("code", _training(spec, modules))]
    about = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    return json.dumps({"cells": cells, "metadata": about, "nbformat": 4, "nbformat_minor": 4}, indent=1)


def history_csv(rows: list[dict[str, float]]) -> str:
    """The recorded scalars as a table, a row a frame; empty where a frame does not have one."""
    text = io.StringIO()
    table = csv.DictWriter(text, list(dict.fromkeys(name for row in rows for name in row)), lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    return text.getvalue()


def collect(spec: Spec) -> list[Module]:
    """The modules that the experiment of this spec needs, each after those it uses."""
    modules: dict[str, Module] = {}
    start = f"dlcore.experiments.{spec.kind}"
    wanted = [(start, class_name(spec.kind))]
    while wanted:
        name, needed = wanted.pop()
        if name not in modules:
            modules[name] = Module(name)
        wanted += modules[name].take(needed)
    return [modules[name] for name in _in_order(start, modules)]


def _in_order(name: str, modules: dict[str, Module]) -> list[str]:
    """The modules that `name` uses, each after those it uses, and last `name` itself."""
    before = [other for used in sorted(modules[name].uses) for other in _in_order(used, modules)]
    return list(dict.fromkeys([*before, name]))


def _defined(node: ast.stmt) -> Iterator[str]:
    """The names that a statement at the top of a module defines."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.Assign):
        yield from (name.id for target in node.targets for name in ast.walk(target) if isinstance(name, ast.Name))
    elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        yield node.target.id
    elif isinstance(node, ast.Import | ast.ImportFrom):
        yield from ((alias.asname or alias.name).split(".")[0] for alias in node.names)


def _shipped(node: ast.stmt) -> str | None:
    """The text of the file that a statement `NAME = read_shipped("file")` reads; None for any other statement."""
    call = node.value if isinstance(node, ast.Assign) else None
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name) or call.func.id != "read_shipped":
        return None
    return read_shipped(ast.literal_eval(call.args[0]))


def _import_line(node: ast.Import | ast.ImportFrom, needed: str) -> str:
    """The import of one name, as it stands in the source."""
    alias = next(alias for alias in node.names if (alias.asname or alias.name).split(".")[0] == needed)
    renamed = f" as {alias.asname}" if alias.asname else ""
    if isinstance(node, ast.Import):
        return f"import {alias.name}{renamed}"
    return f"from {node.module} import {alias.name}{renamed}"


def _imports(modules: list[Module]) -> list[str]:
    lines = sorted({line for module in modules for line in module.imports} | {"from types import SimpleNamespace"})
    return ["from __future__ import annotations", "", *lines]


def _title(spec: Spec) -> str:
    return f"The experiment {spec.kind!r}, run {spec.key}: the program that ran on the page, in one file."


def _settings(spec: Spec) -> str:
    """The hyperparameters as plain values, and the edits made during the run."""
    values = {name: value for name, value in spec if name != "edits"}
    lines = [f"    {name}={value!r}," for name, value in values.items()]
    edits = f"EDITS = {spec.edits!r}  # after this many updates, this field has this value"
    return "\n".join(["spec = SimpleNamespace(", *lines, ")", edits])


def _training(spec: Spec, modules: list[Module]) -> str:
    uses_torch = any(line.startswith("import torch") for module in modules for line in module.imports)
    threads = ["torch.set_num_threads(1)  # as on the page: more threads add up in another order"] if uses_torch else []
    return "\n".join(
        [
            *threads,
            f"experiment = {class_name(spec.kind)}(spec)",
            'while experiment.steps_done < spec.n_steps and not getattr(experiment, "is_done", False):',
            "    experiment.step()",
            "    for step, name, value in EDITS:",
            "        if step == experiment.steps_done:",
            "            setattr(spec, name, value)",
            "",
            "for name, value in experiment.observe().items():",
            "    if isinstance(value, (int, float)):",
            "        print(name, float(value))",
        ]
    )


def _cell(kind: str, source: str) -> dict[str, object]:
    cell: dict[str, object] = {"cell_type": kind, "metadata": {}, "source": source.splitlines(keepends=True)}
    return cell | {"execution_count": None, "outputs": []} if kind == "code" else cell
