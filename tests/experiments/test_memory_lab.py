"""The memory lab: fair lanes, floors, and the verdicts that the page tells."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from dlcore.advance import advance, open_experiment
from dlcore.data.memory_tasks import TASKS
from dlcore.experiments.memory_lab import RATE_FACTOR, answers_of, error_of, outputs_of
from dlcore.frames import unpack
from dlcore.run import Phase
from dlcore.runs import RunStore
from dlcore.settings import Settings
from dlcore.specs import LagLadderSpec, MemoryLabSpec
from tests.fakes import *  # noqa: F403


def last(spec) -> dict[str, float]:
    return unpack(advance(spec, None, spec.n_steps).frames[-1].blob).scalars


def test_every_lane_is_a_tutorial_loop_with_adam_and_clipping():
    spec = MemoryLabSpec(cells=("lstm",), n_units=5, sequence_length=8, n_seeds=1, n_steps=20, batch_size=4)
    lab, twin = open_experiment(spec), open_experiment(spec)
    net = twin.lanes["lstm"].nets[0]
    optimizer = torch.optim.Adam(net.parameters(), lr=spec.learning_rate)
    from dlcore.data.memory_tasks import make_batch
    for step in range(20):
        lab.step()
        batch = make_batch("adding", 4, 8, 0, step)
        optimizer.zero_grad()
        torch.nn.functional.mse_loss(net.last(torch.from_numpy(batch.x))[:, 0], torch.from_numpy(batch.y)).backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), spec.clip_norm)
        optimizer.step()
    torch.testing.assert_close(lab.lanes["lstm"].flat, twin.lanes["lstm"].flat, rtol=1e-3, atol=1e-5)
