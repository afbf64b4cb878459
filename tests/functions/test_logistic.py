"""Logistic regression by Newton's method against scikit-learn."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from dlcore.data.scored import make_scored_split
from dlcore.functions.logistic import fit_logistic, logits


@pytest.mark.parametrize("name", ["breast_cancer", "digit_8"])
@pytest.mark.parametrize("ridge", [0.1, 1.0, 10.0])
def test_it_finds_scikit_learns_optimum(name, ridge):
    data = make_scored_split(name, 100, 1)
    w = fit_logistic(data.x_train, data.y_train, ridge)
    reference = LogisticRegression(C=1 / ridge, tol=1e-10, max_iter=10_000).fit(
        data.x_train.astype(float), data.y_train
    )
    np.testing.assert_allclose(w[:-1], reference.coef_[0], atol=1e-4)
    np.testing.assert_allclose(logits(data.x_test, w), reference.decision_function(data.x_test), atol=1e-3)


def test_one_class_alone_stays_finite():
    assert np.isfinite(fit_logistic(np.ones((4, 2)), np.zeros(4))).all()
