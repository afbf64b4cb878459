"""The memory lab: fair lanes, the tutorial's numbers, and what the page says of lags and forget biases."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch.nn import functional as F
from torch.nn.utils import clip_grad_norm_

from dlcore.advance import advance, open_experiment
from dlcore.data.memory_tasks import TASKS, make_batch
from dlcore.execution import InlineExecutor
from dlcore.experiments.memory_lab import answers_of, error_of, outputs_of
from dlcore.frames import unpack
from dlcore.models.recurrent import CELLS
from dlcore.runs import RunStore
from dlcore.settings import Settings
from dlcore.specs import LagLadderSpec, MemoryLabSpec, RecurrentSettingsSpec
from pages.rnn import memory, settings

SMALL = MemoryLabSpec(n_units=5, sequence_length=8, n_seeds=2, n_steps=12, batch_size=4)


def last(spec) -> dict[str, float]:
    return unpack(advance(spec, None, spec.n_steps).frames[-1].blob).scalars


@pytest.mark.parametrize("task", TASKS)
def test_a_lane_is_the_tutorial_loop(task):
    """torch.optim.Adam and clip_grad_norm_ on the same sequences."""
    spec = SMALL.replace(memory_task=task, cells=("gru",), n_seeds=1)
    lab, net = open_experiment(spec), open_experiment(spec).lanes["gru"].nets[0]
    optimizer = torch.optim.Adam(net.parameters(), lr=spec.learning_rate)
    for step in range(spec.n_steps):
        lab.step()
        batch = make_batch(task, 4, 8, 0, step)
        x, y = torch.from_numpy(batch.x), torch.from_numpy(batch.y)
        optimizer.zero_grad()
        outputs = net(x)[0]
        if task == "adding":
            loss = F.mse_loss(outputs[:, -1, 0], y)
        elif task == "reber":
            loss = F.cross_entropy(outputs.transpose(1, 2), y, ignore_index=-1)
        else:
            loss = F.cross_entropy(outputs[:, -1], y)
        loss.backward()
        clip_grad_norm_(net.parameters(), spec.clip_norm)
        optimizer.step()
    ours = lab.lanes["gru"].nets[0]
    for one, other in zip(ours.parameters(), net.parameters(), strict=True):
        torch.testing.assert_close(one, other, rtol=1e-3, atol=1e-5)


def test_a_cell_learns_the_same_in_any_company():
    together = last(SMALL)
    for cell in CELLS:
        alone = last(SMALL.replace(cells=(cell,)))
        assert alone[f"error_{cell}"] == together[f"error_{cell}"]


@pytest.mark.parametrize("task", TASKS)
def test_the_error_is_that_of_the_answers(task):
    lab = open_experiment(SMALL.replace(memory_task=task))
    net = lab.lanes["rnn"].nets[0]
    given = answers_of(outputs_of(net, lab.test).detach(), lab.test)
    places = zip(lab.test.y, lab.test.judged, strict=True)
    wanted = lab.test.y if lab.test.y.ndim == 1 else np.array([row[at] for row, at in places])
    expected = np.mean((given - wanted) ** 2) if task == "adding" else np.mean(given != wanted)
    assert error_of(lab.test, given) == pytest.approx(expected, rel=1e-5)
    assert lab.observe()["floor"] == TASKS[task].floor


def test_a_forget_gate_that_begins_open_remembers():
    """What *Delayed recall* on the page is about: 40 steps, forget bias 1 against 4."""
    spec = MemoryLabSpec(memory_task="recall", sequence_length=40, cells=("lstm",), n_steps=200)
    closed, opened = last(spec), last(spec.replace(forget_bias=4.0))
    assert closed["error_lstm_low"] > 0.9 * closed["floor"]
    assert opened["error_lstm_high"] == 0


def test_the_ladder_gives_every_length_its_turn():
    ladder = open_experiment(LagLadderSpec(n_steps=8, n_units=4, cells=("rnn",), n_lengths=4, shortest=6, batch_size=2))
    assert ladder.lengths == (6, 12, 24, 48)
    before = [lab.lanes["rnn"].flat.clone() for lab in ladder.labs]
    ladder.step()
    ladder.step()
    moved = [not torch.equal(lab.lanes["rnn"].flat, old) for lab, old in zip(ladder.labs, before, strict=True)]
    assert moved == [True, True, False, False]
    assert ladder.observe()["updates"] == 0


def test_a_rung_of_the_ladder_is_the_memory_lab():
    spec = LagLadderSpec(memory_task="adding", n_units=4, cells=("irnn",), n_lengths=2, shortest=6, batch_size=2)
    ladder = open_experiment(spec)
    for _ in range(10):
        ladder.step()
    lab = open_experiment(SMALL.replace(cells=("irnn",), sequence_length=12, n_units=4, batch_size=2, n_seeds=3))
    for _ in range(5):
        lab.step()
    assert torch.equal(ladder.labs[1].lanes["irnn"].flat, lab.lanes["irnn"].flat)


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [(0.001, 0.002, "solved"), (0.001, 0.2, "some"), (0.1, 0.2, "begun"), (0.16, 0.17, "at_floor")],
)
def test_the_verdict_follows_a_rule(low, high, verdict):
    assert memory.judge(low, high, 1 / 6) == verdict


# --- what is on record


@pytest.mark.parametrize("name", ["memory_t50", "memory_t100"])
def test_the_recorded_run_says_what_the_page_says(name):
    run = RunStore(InlineExecutor(), Settings()).get(MemoryLabSpec(**memory.PRESETS[name]))
    assert run.made, "not on record"
    row = run.history()[-1]
    assert row["error_lstm_high"] < 0.01
    assert row["error_gru_high"] < 0.01
    assert row["error_rnn_low"] > 0.9 / 6
    assert row["error_irnn"] < 0.01


# --- the three settings


def test_every_rung_has_its_own_setting():
    for vary, names in settings.LADDERS.items():
        lab = open_experiment(RecurrentSettingsSpec(vary=vary, n_units=3, sequence_length=6))
        assert len(lab.ladder) == len(names)
        assert [f"{rung:g}" for rung in lab.ladder] == [name.replace("∞", "0") for name in names]
        lab.step()
        sizes = {len(lab.batches(rung)[0].x) for rung in lab.ladder}
        assert sizes == ({1, 4, 16, 64} if vary == "batch_size" else {16})


def test_iterations_on_one_batch_repeat_it():
    lab = open_experiment(RecurrentSettingsSpec(vary="iterations", n_units=3, sequence_length=6))
    seen = {rung: [] for rung in lab.ladder}
    for _ in range(6):
        lab.step()
        for rung in lab.ladder:
            seen[rung].append(lab.batches(rung)[0].y.tobytes())
    assert {rung: len(set(batches)) for rung, batches in seen.items()} == {1: 1, 4: 4, 16: 6, 0: 6}
