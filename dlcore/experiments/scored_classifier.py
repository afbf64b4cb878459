"""A classifier for a yes or no: its scores on validation and test rows while it learns, and what they are worth."""

from __future__ import annotations

from typing import Any

import numpy as np

from dlcore.data.scored import make_scored_split
from dlcore.functions.metrics import average_precision, linear_area, rank, roc_auc
from dlcore.models.scorers import Task, open_scorer

RARE = 0.01  # a prevalence at which even good classifiers name mostly false ones


class ScoredClassifier:
    """One classifier on one split. Frames bring every score as it is: a browser counts the same."""

    def __init__(self, spec: Any) -> None:
        self.spec = spec
        self.steps_done = 0
        self.data = make_scored_split(spec.scored_data, spec.n_train_cases, spec.data_seed)
        x_scored = np.concatenate([self.data.x_valid, self.data.x_test])
        task = Task(self.data.x_train, self.data.y_train, x_scored, 1, spec.seed, spec.batch_size)
        self.scorer = open_scorer(spec.scored_by, task)

    def step(self) -> None:
        """One batch, or one tree."""
        self.scorer.step(self.steps_done, self.spec.learning_rate)
        self.steps_done += 1

    def observe(self) -> dict[str, Any]:
        """AP and ROC AUC on both parts, of the test also the linear area and the AP where positives are rare."""
        scores = self.scorer.scores()[:, 0]
        parts = {"valid": self.data.y_valid, "test": self.data.y_test}
        observed: dict[str, Any] = {"prevalence": float(self.data.y_test.mean())}
        for part, found in zip(parts, np.split(scores, [len(self.data.y_valid)]), strict=True):
            ranking = rank(parts[part], found)
            observed |= {f"{part}_ap": average_precision(ranking), f"{part}_auc": roc_auc(ranking)}
            observed[f"{part}_score"] = found
        observed |= {"test_linear": linear_area(ranking), "test_rare_ap": average_precision(ranking, RARE)}
        if self.steps_done == 0:
            observed |= {f"{part}_y": y.astype(np.uint8) for part, y in parts.items()}
        return observed

    def state(self) -> dict[str, Any]:
        """All that an update changes; batches and trees follow from seed and step alone."""
        return self.scorer.state()

    def weights(self) -> dict[str, Any]:
        """The net's layers, or the forest's trees."""
        return self.scorer.weights(self.steps_done)
