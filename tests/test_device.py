"""The device follows from the setting, the machine and a measurement that is made once for each kind and size."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import torch

from dlcore import device
from dlcore.device import TOO_SMALL, WORTH_IT, choose_device, seconds_a_step
from dlcore.experiments.cnn import Cnn
from dlcore.specs import CnnSpec

SECONDS = {"cpu": 0.001, "cuda": 0.0001}  # that a step of `Sleeper` takes


class SleeperSpec(NamedTuple):
    kind: str = "sleeper"


class Sleeper:
    """An experiment that needs a known time on each device."""

    def __init__(self, spec: Any, work: float = 1e8) -> None:
        self.spec = spec
        self.device = choose_device(self, work)

    def step(self) -> None:
        time.sleep(SECONDS[self.device.type])

    def observe(self) -> dict[str, Any]:
        return {}


@pytest.fixture
def gpu(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine that seems to have one; where it writes down what it has measured."""
    monkeypatch.delenv("DLCORE_DEVICE", raising=False)
    monkeypatch.setenv("DLCORE_CACHE_DIR", str(tmp_path))
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "get_device_name", lambda: "Some GPU/80")
    monkeypatch.setattr(torch.cuda, "synchronize", lambda: None)
    monkeypatch.setattr(torch.random, "fork_rng", lambda: device.contextlib.nullcontext())
    return tmp_path / "devices" / "Some-GPU-80"


@pytest.mark.parametrize(
    ("wanted", "work", "chosen"),
    [
        ("cpu", 1e12, "cpu"),
        ("cuda", 1, "cuda"),
        ("by_work", WORTH_IT / 2, "cpu"),
        ("by_work", WORTH_IT, "cuda"),
        ("auto", TOO_SMALL / 2, "cpu"),
    ],
)
def test_without_a_measurement(
    gpu: Path, monkeypatch: pytest.MonkeyPatch, wanted: str, work: float, chosen: str
) -> None:
    monkeypatch.setenv("DLCORE_DEVICE", wanted)
    assert Sleeper(SleeperSpec(), work).device.type == chosen
    assert not gpu.exists()


@pytest.mark.parametrize("wanted", ["auto", "cuda", "by_work"])
def test_without_a_gpu(monkeypatch: pytest.MonkeyPatch, wanted: str) -> None:
    monkeypatch.setenv("DLCORE_DEVICE", wanted)
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert Sleeper(SleeperSpec(), 1e12).device.type == "cpu"


@pytest.mark.parametrize(("slow", "chosen"), [("cpu", "cuda"), ("cuda", "cpu")])
def test_the_faster_one_is_measured_once_and_written_down(
    gpu: Path, monkeypatch: pytest.MonkeyPatch, slow: str, chosen: str
) -> None:
    monkeypatch.setitem(SECONDS, slow, 0.02)
    assert Sleeper(SleeperSpec()).device.type == chosen
    assert [file.name for file in gpu.iterdir()] == ["sleeper-2^27.json"]
    written = json.loads((gpu / "sleeper-2^27.json").read_text())
    assert 0.02 <= written[slow] < 0.04
    monkeypatch.setattr(device, "seconds_a_step", lambda *_: pytest.fail("measured again"))
    assert Sleeper(SleeperSpec()).device.type == chosen
    with pytest.raises(BaseException, match="measured again"):
        Sleeper(SleeperSpec(), 4e8)


def test_of_two_workers_that_measure_at_once_the_first_decides_for_both(
    gpu: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def measure(_: Any, where: torch.device) -> float:
        gpu.mkdir(parents=True, exist_ok=True)
        (gpu / "sleeper-2^27.json").write_text('{"cpu": 1, "cuda": 2}')  # meanwhile, by the other one
        return {"cpu": 2.0, "cuda": 1.0}[where.type]

    monkeypatch.setattr(device, "seconds_a_step", measure)
    assert Sleeper(SleeperSpec()).device.type == "cpu"
    assert len(list(gpu.iterdir())) == 1


@pytest.mark.parametrize("folder", ["", "/proc/none"])
def test_where_nothing_can_be_written_the_work_decides(gpu: Path, monkeypatch: pytest.MonkeyPatch, folder: str) -> None:
    monkeypatch.setenv("DLCORE_CACHE_DIR", folder)
    assert Sleeper(SleeperSpec(), WORTH_IT).device.type == "cuda"
    assert Sleeper(SleeperSpec(), WORTH_IT / 2).device.type == "cpu"


def test_memory_too_small_counts_as_never(gpu: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def step(sleeper: Sleeper) -> None:
        if sleeper.device.type == "cuda":
            raise torch.OutOfMemoryError

    monkeypatch.setattr(Sleeper, "step", step)
    assert Sleeper(SleeperSpec()).device.type == "cpu"


def test_a_trial_changes_nothing_for_the_experiment() -> None:
    torch.manual_seed(3)
    before = torch.get_rng_state()
    experiment = Cnn(CnnSpec(train_size=200))
    flat = experiment.model.flat.clone()
    assert 0 < seconds_a_step(experiment, torch.device("cpu")) < 60
    assert torch.equal(torch.get_rng_state(), before)
    assert torch.equal(experiment.model.flat, flat)
    assert experiment.steps_done == 0


@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a GPU")
def test_on_a_real_gpu_each_choice_is_the_faster_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DLCORE_CACHE_DIR", str(tmp_path))
    for n_seeds in (1, 64):
        chosen = Cnn(CnnSpec(n_seeds=n_seeds)).device.type
        written = [json.loads(file.read_text()) for file in tmp_path.rglob("*.json")]
        assert chosen in [min(seconds, key=seconds.__getitem__) for seconds in written]
