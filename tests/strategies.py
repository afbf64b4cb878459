"""Random specs of any kind, made from the description of its fields alone."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from dlcore.specs import FieldDescription, Spec, to_text

MAX_STEPS = 30
CHEAP: dict[str, dict[str, Any]] = {  # kinds whose frames or steps are expensive, and cheaper ones
    "cnn": {"test_size": 50},
    "shift_test": {"test_size": 20, "n_seeds": 1},
    "memory_lab": {"sequence_length": 12, "n_units": 5, "n_seeds": 2},
    "lag_ladder": {"shortest": 6, "n_units": 5, "n_seeds": 2},
    "bptt": {"sequence_length": 8, "n_units": 5, "n_seeds": 2},
    "recurrent_settings": {"sequence_length": 8, "n_units": 5, "n_seeds": 2},
    "forecast": {"n_units": 6, "n_seeds": 2},
    "characters": {"n_units": 12, "stretch": 12, "batch_size": 6, "n_seeds": 2},
    "tags": {"n_units": 6, "batch_size": 6, "n_seeds": 2},
    "vowels": {"n_units": 5, "batch_size": 6, "n_seeds": 2},
    "copy_task": {"max_length": 3, "n_slots": 6, "n_controller_units": 5, "n_lstm_units": 5, "n_seeds": 2},
    "rntn": {"n_trees": 60, "data_seed": 0, "vector_size": 3, "batch_size": 6, "n_seeds": 2},
    "autoencoder": {"n_seeds": 2},
    "vae": {"n_seeds": 2},
    "tiny_rbm": {"rbm_units": 4, "n_seeds": 2},
    "belief_net": {"batch_size": 6},
    "rbm_features": {"nudged": False, "rbm_units": 9, "n_seeds": 2},
    "pretraining": {"labels_per_class": 2, "n_seeds": 2},
}
SHORT = {
    "cnn": 10,
    "shift_test": 4,
    "memory_lab": 6,
    "lag_ladder": 6,
    "bptt": 10,
    "recurrent_settings": 8,
    "forecast": 12,
    "characters": 8,
    "tags": 8,
    "vowels": 8,
    "copy_task": 5,
    "rntn": 6,
    "autoencoder": 8,
    "vae": 4,
    "belief_net": 10,
    "rbm_features": 8,
    "pretraining": 8,
}  # steps that are enough
STACKS = (  # of layers; the last one does not fit and is repaired
    "flatten-linear 10",
    "conv 3 3 s2-batchnorm-prelu-dropout 0.3-flatten-linear 10",
    "conv 2 5 p2 d2-tanh-avgpool 2 s1-conv 3 1-gelu-maxpool 3 p1-flatten-batchnorm-linear 6-linear 10",
    "linear 10",
)
TEXTS = {"fit_formula": ("sin(3x)", "|x|", "abs(x) - 2.0", "1/x", "step(x-0.2)*min(x, 1)", "")}  # some are repaired


def specs(spec_class: type[Spec], max_steps: int = MAX_STEPS, edits: bool = True, **fixed: Any) -> st.SearchStrategy:
    """Valid specs of at most `max_steps` steps; fields in `fixed` have that value."""
    fixed = CHEAP.get(spec_class.kind, {}) | fixed
    texts = {field.name: _texts(field, max_steps) for field in spec_class.describe() if field.name not in fixed}
    every = st.fixed_dictionaries({}, optional=texts)
    steps = st.integers(2, min(max_steps, SHORT.get(spec_class.kind, max_steps)))
    return st.builds(lambda t, n, e: _build(spec_class, t, n, e, fixed), every, steps, _edits(spec_class, edits))


def _build(spec_class: type[Spec], texts: dict[str, str], n_steps: int, edit: Any, fixed: dict[str, Any]) -> Spec:
    texts = {**texts, "n_steps": str(n_steps), **{name: to_text(value) for name, value in fixed.items()}}
    spec, _ = spec_class.repair(texts)
    if edit is not None:
        share, name, value = edit
        spec = spec.fork(1 + int(share * (n_steps - 2)), name, value)
    return spec


def _edits(spec_class: type[Spec], wanted: bool) -> st.SearchStrategy:
    editable = [field for field in spec_class.describe() if field.editable]
    if not wanted or not editable:
        return st.none()
    edit = st.sampled_from(editable).flatmap(
        lambda field: st.tuples(st.floats(0, 1), st.just(field.name), st.floats(field.low, min(field.high, 0.1)))
    )
    return st.none() | edit


def _texts(field: FieldDescription, max_steps: int) -> st.SearchStrategy[str]:
    low, high = field.low or 0, field.high or 1
    if field.type == "choice":
        return st.sampled_from(field.choices)
    if field.type == "choices":
        return st.lists(st.sampled_from(field.choices), min_size=1, unique=True).map(lambda x: to_text(tuple(x)))
    if field.type == "text":
        return st.sampled_from(TEXTS.get(field.name, STACKS))
    if field.type == "bool":
        return st.sampled_from(("true", "false"))
    if field.type == "ints":
        one = st.integers(int(low), min(int(high), 9))
        return st.lists(one, max_size=min(field.max_length or 3, 3)).map(lambda x: to_text(tuple(x)))
    if field.type == "rows":
        point = st.tuples(st.integers(-6, 6), st.integers(-6, 6), st.integers(0, 1))
        return st.lists(point, min_size=4, max_size=12).map(lambda x: to_text(tuple(x)))
    if field.type == "int":
        return st.integers(int(low), int(min(high, 300))).map(str)
    return st.floats(low, min(high, 1.0)).map(str)
