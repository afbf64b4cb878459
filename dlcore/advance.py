"""What a worker does: a pure, picklable function takes a spec and a state some steps further; only it opens a state."""

from __future__ import annotations

import functools
import importlib
import json
import sys
import time
from typing import Any, NamedTuple

import numpy as np
from safetensors import numpy as safetensors

from dlcore.errors import RunError
from dlcore.frames import PackedFrame, pack, recorded_steps
from dlcore.specs import SPECS, Spec

TOO_LARGE = 1e9  # a loss beyond this is called diverged: nothing useful comes back from there


class Chunk(NamedTuple):
    """A stretch of training: the state after `step` updates and the frames recorded on the way.

    `done` says that nothing is left to train. `diverged` is None or the reason, and then `step` is the step at which
    it showed. `seconds` is what it took and is the only field that is not determined by the arguments.
    """

    step: int
    state: bytes
    frames: list[PackedFrame]
    done: bool
    diverged: str | None
    seconds: float


def advance(spec: Spec, state: bytes | None, n_steps: int, observe_end: bool = False) -> Chunk:
    """Train `n_steps` further from `state` (None: from the beginning), at most to the spec's end.

    Frames are recorded at the steps of `recorded_steps`, and at the last one when `observe_end`; how the steps are cut
    into chunks changes none of them.
    """
    started = time.perf_counter()
    experiment = open_experiment(spec, state)
    frames: list[PackedFrame] = []
    diverged = None
    if state is None:
        diverged = _observe(experiment, frames)
    done = _is_done(experiment)
    recorded, edited = _recorded(spec.n_steps), {step for step, _, _ in spec.edits}
    end = min(experiment.steps_done + n_steps, spec.n_steps)
    while experiment.steps_done < end and not done and diverged is None:
        experiment.step()
        step = experiment.steps_done
        done = _is_done(experiment)
        if step in recorded or done or (observe_end and step == end):
            diverged = _observe(experiment, frames)
        if step in edited:
            experiment.spec = spec.at(step)
    return Chunk(experiment.steps_done, _save(experiment), frames, done, diverged, time.perf_counter() - started)


def ask(spec: Spec, state: bytes | None, question: dict[str, Any]) -> Any:
    """Put a question to the experiment in this state; RunError when it does not take questions."""
    experiment = open_experiment(spec, state)
    if not hasattr(experiment, "ask"):
        raise RunError("no_questions", kind=spec.kind)
    return experiment.ask(question)


def weights(spec: Spec, state: bytes | None) -> bytes:
    """The trained parameters as a safetensors file."""
    named = open_experiment(spec, state).weights()
    return safetensors.save({name: _array(value).copy() for name, value in named.items()})


def rehearse(kind: str = "playground") -> None:
    """Two steps for nothing: what a kind loads at first use is loaded before a student waits for it."""
    advance(SPECS[kind](), None, 2)


def open_experiment(spec: Spec, state: bytes | None = None) -> Any:
    """The live experiment that `state` describes."""
    experiment = experiment_class(spec.kind)(spec)
    if state is not None:
        _restore(experiment, safetensors.load(state))
        experiment.spec = spec.at(experiment.steps_done)
    return experiment


def experiment_class(kind: str) -> Any:
    """The class in `dlcore.experiments.<kind>`, named after the kind in CamelCase."""
    module = importlib.import_module(f"dlcore.experiments.{kind}")
    return getattr(module, class_name(kind))


def class_name(kind: str) -> str:
    return "".join(part.title() for part in kind.split("_"))


def _is_done(experiment: Any) -> bool:
    """At the spec's end, or where the experiment itself says that it is done."""
    return experiment.steps_done >= experiment.spec.n_steps or getattr(experiment, "is_done", False)


def _observe(experiment: Any, frames: list[PackedFrame]) -> str | None:
    """Record a frame, or say why there is nothing to draw any more."""
    observed = experiment.observe()
    numbers = np.array([value for value in observed.values() if not isinstance(value, np.ndarray)])
    if not all(np.isfinite(value).all() for value in (numbers, *_float_arrays(observed))):
        return "not_finite"
    if (np.abs(numbers) > TOO_LARGE).any():
        return "too_large"
    frames.append(pack(experiment.steps_done, observed))
    return None


def _float_arrays(observed: dict[str, Any]) -> list[np.ndarray]:
    arrays = [value for value in observed.values() if isinstance(value, np.ndarray) and value.dtype.kind == "f"]
    with np.errstate(over="ignore"):
        return [array.astype(np.float32) for array in arrays]


def _save(experiment: Any) -> bytes:
    arrays = {f"state.{name}": _array(value) for name, value in experiment.state().items()}
    arrays["steps_done"] = np.array([experiment.steps_done])
    if "torch" in sys.modules:
        arrays["random.torch"] = sys.modules["torch"].get_rng_state().numpy()
    if hasattr(experiment, "generator"):
        drawn = json.dumps(experiment.generator.bit_generator.state).encode()
        arrays["random.numpy"] = np.frombuffer(drawn, np.uint8)
    return safetensors.save(arrays)


def _restore(experiment: Any, arrays: dict[str, np.ndarray]) -> None:
    for name, live in experiment.state().items():
        _assign(live, arrays[f"state.{name}"])
    experiment.steps_done = int(arrays["steps_done"][0])
    if "random.torch" in arrays and "torch" in sys.modules:
        torch = sys.modules["torch"]
        torch.set_rng_state(torch.from_numpy(arrays["random.torch"].copy()))
    if "random.numpy" in arrays:
        experiment.generator.bit_generator.state = json.loads(arrays["random.numpy"].tobytes())


def _array(value: Any) -> np.ndarray:
    """An array, or a tensor of any device as one."""
    return value if isinstance(value, np.ndarray) else value.detach().cpu().numpy()


def _assign(live: Any, value: np.ndarray) -> None:
    """Put values into an array or into a tensor of any device, in place."""
    if isinstance(live, np.ndarray):
        live[...] = value
    else:
        live.detach().copy_(sys.modules["torch"].from_numpy(value.copy()))


@functools.lru_cache(maxsize=64)
def _recorded(n_steps: int) -> frozenset[int]:
    return frozenset(recorded_steps(n_steps))
