"""The copy task learns, also longer sequences than trained; its questions tell what its machines do."""

from __future__ import annotations

import numpy as np
import pytest

from dlcore.experiments.copy_task import CopyTask, answers_to, errors
from dlcore.functions import addressing
from dlcore.specs import CopyTaskSpec

SMALL = CopyTaskSpec(max_length=2, n_slots=8, n_controller_units=24, n_lstm_units=6, n_steps=400, learning_rate=0.005)


@pytest.fixture(scope="module")
def trained() -> CopyTask:
    task = CopyTask(SMALL)
    for _ in range(SMALL.n_steps):
        task.step()
    return task


def test_it_copies(trained):
    observed = trained.observe()
    assert observed["error_trained_ntm"] < 0.02
    assert observed["error_longer_ntm"] < observed["error_longer_lstm"]
    assert observed["loss_ntm"] < 0.2 < observed["floor"]


def test_an_answer_is_that_of_the_machine_step_by_step(trained):
    """From keys, strengths and gates alone, numpy finds the same weights and the same memory."""
    answer = trained.ask({"length": 3, "number": 5, "place": 1})
    memory, weights = answer["start"], answer["start_weights"]
    for t in range(7):
        around = np.stack([memory, memory])
        numbers = (answer[name][t, ..., 0] for name in ("strength", "gate", "power"))
        strength, gate, power = numbers
        stages = addressing.address(answer["key"][t], strength, gate, answer["kernel"][t], power, weights, around)
        assert stages.weights == pytest.approx(answer["weights"][t], abs=1e-4)
        memory = addressing.write(memory, stages.weights[1], answer["erase"][t, 0], answer["add"][t, 0])
        assert memory == pytest.approx(answer["memory"][t], abs=1e-3)
        memory, weights = answer["memory"][t], answer["weights"][t]


def test_the_same_number_is_the_same_sequence(trained):
    first, again, other = (trained.ask({"length": 6, "number": number, "place": 0}) for number in (1, 1, 2))
    assert (first["words"] == again["words"]).all()
    assert (first["words"] != other["words"]).any()


def test_errors_by_length(trained):
    """What was trained is known, a length far beyond the memory of 8 slots is not."""
    found = trained.ask({"lengths": 30})
    assert found["ntm"].shape == found["lstm"].shape == (30, 2)
    assert found["ntm"][:2].max() < 0.05
    assert found["ntm"][25:].min() > 0.2


def test_wrong_bits_are_counted():
    """Two words said after the sign; one bit of eight is wrong."""
    words = np.array([[[1, 0, 1, 1], [0, 0, 1, 0]]], np.uint8)
    logits = np.zeros((1, 1, 5, 4))
    logits[0, 0, 3:] = 4.0 * words[0] - 2
    logits[0, 0, 4, 3] = 1.0
    assert errors([words], logits) == pytest.approx(1 / 8)
    assert answers_to(words, logits[0])[0, 1, 3] == pytest.approx(1 / (1 + np.exp(-1)))


def test_lengths_are_drawn_from_all_that_are_trained(monkeypatch):
    seen = set()
    task = CopyTask(SMALL.replace(max_length=4, machines=("lstm",)))
    monkeypatch.setattr(task.lanes["lstm"], "step", lambda words, *_: seen.add(words.shape[2]))
    for _ in range(60):
        task.step()
    assert seen == {1, 2, 3, 4}


def test_one_machine_alone_is_what_it_is_in_company(trained):
    """The words do not depend on who listens."""
    alone = CopyTask(SMALL.replace(machines=("lstm",)))
    for _ in range(20):
        alone.step()
    both = CopyTask(SMALL)
    for _ in range(20):
        both.step()
    assert alone.observe()["loss_lstm"] == both.observe()["loss_lstm"]
