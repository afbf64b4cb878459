"""Take home: script and notebook, run where dlcore cannot be imported, print the page's final numbers exactly."""

from __future__ import annotations

import ast
import json
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, assume, given, settings

from dlcore import export
from dlcore.advance import advance
from dlcore.data.shipped import read_shipped
from dlcore.specs import SPECS, CharactersSpec, PerceptronSpec, PlaygroundSpec, Spec
from tests.strategies import specs

KINDS = pytest.mark.parametrize("spec_class", SPECS.values(), ids=SPECS)
XOR = ((-3.0, -3.0, 0), (3.0, 3.0, 0), (-3.0, 3.0, 1), (3.0, -3.0, 1))
CHOSEN = {
    "edits": PlaygroundSpec(
        n_steps=30, edits=((7, "learning_rate", 0.3), (12, "l2", 0.01), (12, "learning_rate", 0.1))
    ),
    "seeds": PlaygroundSpec(n_steps=30, n_seeds=5, hidden_sizes=(3,)),
    "own points": PlaygroundSpec(n_steps=30, dataset="own", points=XOR, activation="prelu", optimizer="momentum"),
    "regression": PlaygroundSpec(n_steps=30, dataset="plane", loss="huber", hidden_sizes=()),
    "five classes": PlaygroundSpec(n_steps=30, dataset="blobs", n_classes=5, l1=0.01),
    "converges early": PerceptronSpec(gap=2.0),
    "pocket": PerceptronSpec(dataset="noisy", pocket=True, order="random"),
}


def final_numbers(spec: Spec) -> dict[str, float] | None:
    """The scalars that the page shows at the end; None where the run diverges."""
    chunk = advance(spec, None, spec.n_steps)
    return None if chunk.diverged else chunk.frames[-1].scalars


def code_cells(spec: Spec) -> list[str]:
    return ["".join(cell["source"]) for cell in notebook_cells(spec) if cell["cell_type"] == "code"]


def notebook_cells(spec: Spec) -> list[dict]:
    return json.loads(export.notebook(spec))["cells"]


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(spec=specs(PlaygroundSpec))
def test_any_playground_prints_the_pages_numbers(spec, elsewhere):
    """Also after programs that ran before it in the same process: nothing depends on leftover state."""
    expected = final_numbers(spec)
    assume(expected is not None)
    assert {"train_loss", "test_loss"} <= set(expected)
    assert spec.is_regression or {"train_accuracy", "test_accuracy"} <= set(expected)
    assert elsewhere(export.script(spec)) == expected
    assert elsewhere(*code_cells(spec)) == expected


@pytest.mark.parametrize("spec", CHOSEN.values(), ids=CHOSEN)
def test_chosen_specs_print_the_pages_numbers(spec, elsewhere):
    expected = final_numbers(spec)
    assert expected is not None
    assert elsewhere(export.script(spec)) == expected
    assert elsewhere(*code_cells(spec)) == expected


@KINDS
def test_a_notebook_is_nbformat_4(spec_class):
    """What the schema of nbformat 4.4 requires (nbformat/v4/nbformat.v4.4.schema.json)."""
    notebook = json.loads(export.notebook(spec_class()))
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 4)
    assert notebook["metadata"]["kernelspec"].keys() >= {"name", "display_name"}
    assert notebook["cells"][0]["cell_type"] == "markdown"
    for cell in notebook["cells"]:
        required = {"cell_type", "metadata", "source"}
        assert cell.keys() == required | ({"outputs", "execution_count"} if cell["cell_type"] == "code" else set())
        assert all(isinstance(line, str) and line.find("\n") in (-1, len(line) - 1) for line in cell["source"])


@KINDS
def test_no_name_is_undefined_unused_or_defined_twice(spec_class, tmp_path):
    """Also where this spec's run never goes: by ruff's rules of pyflakes, and because the parts share one namespace."""
    (tmp_path / "script.py").write_text(export.script(spec_class()), encoding="utf-8")
    checked = [sys.executable, "-m", "ruff", "check", "--isolated", "--no-cache", "--select", "F,E9", "script.py"]
    done = subprocess.run(checked, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    nodes = [node for module in export.collect(spec_class()) for node in ast.parse(module.source).body]
    names = [name for node in nodes for name in export._defined(node)]
    names += ["spec", "EDITS", "experiment", "step", "name", "value"]  # of the training loop at the end
    assert len(names) == len(set(names))


@KINDS
def test_only_the_class_that_ran_and_what_it_uses_is_taken(spec_class):
    modules = export.collect(spec_class())
    assert modules[-1].name == f"dlcore.experiments.{spec_class.kind}"
    for module in modules:
        source = (export.ROOT / f"{module.name.replace('.', '/')}.py").read_text(encoding="utf-8")
        assert all(piece in source for piece in module.pieces.values())
    assert "dlcore" not in "".join(line for module in modules for line in module.imports)


def test_the_settings_are_plain_values():
    script = export.script(CHOSEN["edits"])
    assert "    learning_rate=0.01,\n" in script
    assert "EDITS = ((7, 'learning_rate', 0.3), (12, 'l2', 0.01), (12, 'learning_rate', 0.1))" in script
    assert CHOSEN["edits"].key in script.splitlines()[0]


def test_a_script_needs_torch_only_where_the_page_does():
    """And then as many threads as a worker has: more would add up in another order, if only in large networks."""
    assert "torch.set_num_threads(1)" in export.script(PlaygroundSpec())
    assert "torch" not in export.script(PerceptronSpec())


def test_a_shipped_file_becomes_a_constant_of_the_script():
    """The script needs no file of the project: the text stands where the module read it."""
    names: dict[str, str] = {}
    texts = next(module for module in export.collect(CharactersSpec()) if module.name == "dlcore.data.texts")
    exec("from __future__ import annotations\n" + "\n".join(texts.files.values()), names)
    assert names["QUATRAINS"] == read_shipped("quatrains.txt")
    assert names["MOBY_DICK"] == read_shipped("moby_dick.txt")
    assert "read_shipped" not in export.script(CharactersSpec())
