"""The four stages of addressing: against numbers worked out by hand, circular convolution, and the torch model."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from dlcore.functions import addressing
from dlcore.models.turing import move_heads

GENERATOR = np.random.default_rng(0)
MEMORY = GENERATOR.normal(size=(6, 3))
PREVIOUS = addressing.softmax(GENERATOR.normal(size=6))


def test_content_by_hand():
    """Slots along, across and against the key: cosines 1, 0, −1."""
    memory = np.array([[2.0, 0], [0, 3.0], [-1.0, 0]])
    found = addressing.address_by_content(np.array([5.0, 0]), np.array(2.0), memory)
    raised = np.exp([2.0, 0, -2.0])
    assert found == pytest.approx(raised / raised.sum(), rel=1e-5)


def test_a_strength_of_0_looks_everywhere_alike():
    found = addressing.address_by_content(MEMORY[0], np.array(0.0), MEMORY)
    assert found == pytest.approx(np.full(6, 1 / 6))


def test_gate_goes_from_the_previous_weights_to_the_content():
    content = np.eye(6)[2]
    assert (addressing.interpolate(PREVIOUS, content, np.array(0.0)) == PREVIOUS).all()
    assert (addressing.interpolate(PREVIOUS, content, np.array(1.0)) == content).all()


def test_shift_is_a_circular_convolution():
    kernel = np.array([0.2, 0.1, 0.7])  # back, stay, on
    ring = np.zeros(6)
    ring[[-1, 0, 1]] = kernel
    expected = np.fft.ifft(np.fft.fft(PREVIOUS) * np.fft.fft(ring)).real
    assert addressing.shift(PREVIOUS, kernel) == pytest.approx(expected)
    assert addressing.shift(np.eye(6)[5], np.array([0, 0, 1.0])).argmax() == 0


def test_sharpen_raises_to_a_power():
    assert addressing.sharpen(PREVIOUS, np.array(1.0)) == pytest.approx(PREVIOUS, rel=1e-5)
    cubed = PREVIOUS**3
    assert addressing.sharpen(PREVIOUS, np.array(3.0)) == pytest.approx(cubed / cubed.sum(), rel=1e-5)


def test_what_is_written_is_read():
    """Erase a slot and add to it: it holds what was added, the others what they held."""
    at, add = np.eye(6)[4], np.array([1.0, -2.0, 0.5])
    memory = addressing.write(MEMORY, at, np.ones(3), add)
    assert addressing.read(memory, at) == pytest.approx(add)
    assert memory[:4] == pytest.approx(MEMORY[:4])


def test_all_stages_agree_with_the_torch_model():
    """Random demands of a controller on both heads, in closed form here and as the machine computes them."""
    n, n_slots, width = 4, 7, 3
    said = torch.from_numpy(GENERATOR.normal(size=(n, 4 * width + 12)) * 3)
    memory = GENERATOR.normal(size=(n, n_slots, width))
    before = addressing.softmax(GENERATOR.normal(size=(n, 2, n_slots)))
    moment = move_heads(said, torch.from_numpy(before), torch.from_numpy(memory))
    part = {name: value.numpy() for name, value in moment._asdict().items()}
    strength, gate, power = (part[name][..., 0] for name in ("strength", "gate", "power"))
    around = memory[:, None].repeat(2, axis=1)
    stages = addressing.address(part["key"], strength, gate, part["kernel"], power, before, around)
    assert stages.weights == pytest.approx(part["weights"], abs=1e-6)
    assert all(stage.sum(-1) == pytest.approx(np.ones((n, 2))) for stage in stages)
    written = addressing.write(memory, stages.weights[:, 1], part["erase"][:, 0], part["add"][:, 0])
    assert written == pytest.approx(part["memory"], abs=1e-6)
    assert addressing.read(written, stages.weights[:, 0]) == pytest.approx(part["found"][:, 0], abs=1e-6)
