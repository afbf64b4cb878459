"""A curve as the sum of hidden units, as the stage computes it, against numpy and torch."""

from __future__ import annotations

import json
from typing import get_args

import numpy as np
import pytest
import torch

from dlcore.functions.approximation import make_places
from dlcore.models.width_ladder import CURVED
from dlcore.specs import FunctionFitSpec
from ui.components.stage.mount import HERE

FILES = ("theme.js", "tape.js", "panel.js", "plot.js", "../activations.js", "units.js")
SCRIPTS = "\n".join((HERE / name).read_text(encoding="utf-8") for name in FILES)
ACTIVATIONS = get_args(FunctionFitSpec.model_fields["activation"].annotation)
UNITS = np.array([[4.0, -1.0, 0.5], [-4.0, 2.0, -1.5], [0.5, 0.25, 2.0]])
LEVEL = 0.75


@pytest.mark.browser
def test_the_drawn_fit_is_the_sum_that_is_trained(evaluate):
    u = make_places(1.0, 9)
    arrays = f"{{ parts: {{ data: {UNITS.ravel().tolist()}, shape: [3, 3] }}, level: {{ data: [{LEVEL}] }} }}"
    tape = f"{{ array: (name) => ({arrays})[name] }}"
    layer = "{ array: 'parts', level: 'level', activation }"
    found = evaluate(
        f"{json.dumps(ACTIVATIONS)}.map((activation) => {u.tolist()}.map((u) => unitsAt({tape}, {layer}, u).fit))"
    )
    for name, fit in zip(ACTIVATIONS, found, strict=True):
        hidden = CURVED[name](torch.from_numpy(u[:, None] * UNITS[:, 0] + UNITS[:, 1])).numpy()
        np.testing.assert_allclose(fit, hidden @ UNITS[:, 2] + LEVEL, rtol=1e-9, err_msg=name)
