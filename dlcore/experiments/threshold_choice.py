"""A threshold chosen on validation and reported on test: how much worse it is there, over many splits."""

from __future__ import annotations

from typing import Any

import numpy as np

from dlcore.data.scored import make_scored_split
from dlcore.functions.logistic import fit_logistic, logits
from dlcore.functions.metrics import at_threshold, best_threshold, f_beta, rank
from dlcore.specs.threshold_choice import MOST_SPLITS

MEASURES = ("valid_f", "test_f", "peeked_f", "fixed_f")
Z = 1.96  # standard errors of a 95 % interval


class ThresholdChoice:
    """Every step: split, fit logistic regression, choose the threshold of the best F_β on validation, look at test."""

    def __init__(self, spec: Any) -> None:
        self.spec = spec
        self.steps_done = 0
        self.results = np.zeros((spec.n_steps, len(MEASURES)))

    def step(self) -> None:
        """One more split: F_β on validation and on test at the threshold chosen on validation, on test at the one
        chosen on test itself, and on test at the probability ½."""
        spec = self.spec
        data = make_scored_split(
            spec.scored_data, spec.n_train_cases, spec.seed * MOST_SPLITS + self.steps_done, n_valid=spec.n_valid_cases
        )
        w = fit_logistic(data.x_train, data.y_train)
        valid = rank(data.y_valid, logits(data.x_valid, w))
        test = rank(data.y_test, logits(data.x_test, w))
        on_valid, on_test = f_beta(valid, spec.f_beta), f_beta(test, spec.f_beta)
        chosen = best_threshold(valid, on_valid)
        self.results[self.steps_done] = (
            on_valid.max(),
            on_test[at_threshold(test, chosen)],
            on_test.max(),
            on_test[at_threshold(test, 0.0)],
        )
        self.steps_done += 1

    def observe(self) -> dict[str, Any]:
        """Means over the splits so far with the middle 80 % of the splits, and the gap with its 95 % interval."""
        done = self.results[: self.steps_done]
        observed: dict[str, Any] = {"n_splits": self.steps_done}
        if self.steps_done == 0:
            return observed | {"diagonal": np.array([1.0, -1.0, 0.0])}  # x = y
        for name, values in zip(MEASURES, done.T, strict=True):
            low, high = np.quantile(values, [0.1, 0.9])
            observed |= {name: float(values.mean()), f"{name}_low": float(low), f"{name}_high": float(high)}
        gaps = done[:, 0] - done[:, 1]
        gap, wide = float(gaps.mean()), float(Z * gaps.std() / len(gaps) ** 0.5)
        observed |= {"gap": gap, "gap_low": gap - wide, "gap_high": gap + wide}
        return observed | {"pairs": done[:, :2].copy(), "labels": (gaps < 0).astype(np.uint8)}

    def state(self) -> dict[str, Any]:
        """What has been measured; every split follows from its seed."""
        return {"results": self.results}

    def weights(self) -> dict[str, Any]:
        """The measures of every split (steps, 4), in the order of MEASURES."""
        return {"results": self.results[: self.steps_done]}
