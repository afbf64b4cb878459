"""A classifier of the ten digits: one-against-rest, micro and macro averages of its scores while it learns."""

from __future__ import annotations

from typing import Any

import numpy as np

from dlcore.data.scored import make_scored_split
from dlcore.frames import recorded_steps
from dlcore.functions.metrics import average_precision, macro_average_precision, micro, one_against_rest, roc_auc
from dlcore.models.scorers import Task, open_scorer

N_CLASSES = 10
KEEP_EVERY = 12  # of so many recorded frames one brings all scores: ten a row are too many for each


class ScoredClasses:
    """One classifier on one split of the digits."""

    def __init__(self, spec: Any) -> None:
        self.spec = spec
        self.steps_done = 0
        self.data = make_scored_split("digits", spec.n_train_cases, spec.data_seed, spec.kept_share)
        data = self.data
        task = Task(data.x_train, data.y_train, data.x_test, N_CLASSES, spec.seed, spec.batch_size)
        self.scorer = open_scorer(spec.scored_by, task)
        self.with_scores = {*recorded_steps(spec.n_steps)[::KEEP_EVERY], spec.n_steps}

    def step(self) -> None:
        """One batch, or one tree."""
        self.scorer.step(self.steps_done, self.spec.learning_rate)
        self.steps_done += 1

    def observe(self) -> dict[str, Any]:
        """AP of every class against the rest, averaged both ways; now and then all scores."""
        scores, y = self.scorer.scores(), self.data.y_test
        rankings = one_against_rest(y, scores)
        together = micro(y, scores)
        observed: dict[str, Any] = {
            "accuracy": float(np.mean(scores.argmax(1) == y)),
            "micro_ap": average_precision(together),
            "macro_ap": macro_average_precision(rankings),
            "micro_auc": roc_auc(together),
            "macro_auc": float(np.mean([roc_auc(ranking) for ranking in rankings])),
            "class_ap": np.array([average_precision(ranking) for ranking in rankings]),
        }
        if self.steps_done in self.with_scores:
            observed["test_score"] = scores
        if self.steps_done == 0:
            observed["test_y"] = y.astype(np.uint8)
        return observed

    def state(self) -> dict[str, Any]:
        """All that an update changes."""
        return self.scorer.state()

    def weights(self) -> dict[str, Any]:
        """The net's layers, or the forest's trees."""
        return self.scorer.weights(self.steps_done)
