"""What a model costs on this machine: a stopwatch, whose answer differs from one time to the next.

`python -m dlcore.models.contest_cost FILE` measures all nine and keeps the answers with the day and the machine.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import pickle
import platform
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import torch
from sklearn.ensemble import GradientBoostingClassifier, RandomForestClassifier
from sklearn.svm import SVC

from dlcore.data.contest_tasks import Fold, load_view, make_fold
from dlcore.functions.contest_plan import N_ROUNDS, N_TREES, NETS, UPDATES, Cell
from dlcore.models.classic_models import DEPTH, PENALTY_SVM, SHRINKAGE, SMALLEST_GROUP, SUBSAMPLE, make_model, tree_size
from dlcore.models.contest_lanes import NetLane

TASK, N_SAMPLES, N_UPDATES = "mnist1d", 1000, 1000
N_TIMED = 4  # pieces of five updates of which a net's whole training is computed
EVERYBODY = ("logistic", "tree", "forest", "svm", "knn", "boosting", *NETS)


def measure_cost(contestant: str) -> dict[str, Any]:
    """CPU seconds of fitting 1,000 signals and of predicting 1,000, bytes, numbers kept, operations a prediction.

    One thread; processor time, so that other work on the machine hardly counts.
    """
    if contestant not in EVERYBODY:
        return {}
    task = load_view(TASK, "raw")
    if contestant in NETS:
        return {"contestant": contestant, **_net_cost(contestant)}
    fold = make_fold(TASK, task, N_SAMPLES, 0)
    model = _whole_model(contestant)
    started = time.process_time()
    model.fit(fold.x_train, fold.y_train)
    fitted = time.process_time()
    model.predict(fold.x_test)
    predicted = time.process_time()
    numbers, operations = map(float, _size(contestant, model, fold))
    return {
        "contestant": contestant,
        "fit": fitted - started,
        "predict": predicted - fitted,
        "bytes": len(pickle.dumps(model)),
        "numbers": numbers,
        "operations": operations,
    }


def _net_cost(contestant: str) -> dict[str, Any]:
    """The time of a whole training is that of a few updates, times their number."""
    lane = NetLane(Cell(TASK, "raw", N_SAMPLES, contestant), load_view(TASK, "raw"), (0,))
    lane.do(0)  # the first update also allocates
    started = time.process_time()
    for piece in range(1, N_TIMED + 1):
        lane.do(piece)
    fitted = time.process_time()
    lane.scores(0)
    predicted = time.process_time()
    numbers, operations = lane.size()
    return {
        "fit": (fitted - started) * N_UPDATES / (UPDATES * N_TIMED),
        "predict": predicted - fitted,
        "bytes": int(4 * numbers),
        "numbers": float(numbers),
        "operations": float(operations),
    }


def _whole_model(contestant: str) -> Any:
    """The model in one go, with the contest's settings."""
    if contestant == "forest":
        return RandomForestClassifier(N_TREES, random_state=0)
    if contestant == "svm":
        return SVC(C=PENALTY_SVM)
    if contestant == "boosting":
        trees = {"max_depth": DEPTH, "max_features": "sqrt", "min_samples_leaf": SMALLEST_GROUP}
        return GradientBoostingClassifier(
            n_estimators=N_ROUNDS, learning_rate=SHRINKAGE, subsample=SUBSAMPLE, random_state=0, **trees
        )
    return make_model(contestant, 10, N_SAMPLES)


def _size(contestant: str, model: Any, fold: Fold) -> tuple[float, float]:
    """Numbers kept and operations for one prediction."""
    n, n_features = fold.x_train.shape
    if contestant == "logistic":
        return 10 * (n_features + 1), 10 * n_features
    if contestant == "svm":
        n_kept = len(model.support_)
        return n_kept * (n_features + 9), n_kept * (n_features + 9)
    if contestant == "knn":
        return n * (n_features + 1), n * n_features
    trees = [model] if contestant == "tree" else np.ravel(model.estimators_)
    sizes = [tree_size(tree, fold.x_test, 1 if contestant == "boosting" else 10) for tree in trees]
    return sum(size.numbers for size in sizes), sum(size.operations for size in sizes)


def main(path: str) -> None:
    torch.set_num_threads(1)
    rows = [measure_cost(name) for name in EVERYBODY]
    day, machine = f"{dt.datetime.now(dt.UTC):%Y-%m-%d}", f"{platform.machine()}, {os.cpu_count()} cores"
    made = {"date": day, "torch": torch.__version__, "machine": machine}
    Path(path).write_text(json.dumps({"made": made, "rows": rows}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
