"""A tree, a linear model and a CNN on 8×8 digits, and five ways to say why an image got its answer."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from sklearn.tree import DecisionTreeClassifier

from dlcore.data.contest_tasks import load_task, make_fold
from dlcore.models.flat_optimizers import make_buffers, update
from dlcore.models.stacked_nets import StackedNets

SIDE, N_CLASSES, BATCH, N_LEARNED, N_CHECKED = 8, 10, 100, 1297, 40
SHARES = np.arange(0, 0.51, 0.1)  # of an image's pixels that are deleted in the check
METHODS = ("saliency", "gradient_input", "occlusion", "random")
OWN_ANSWER = 10


class LookInside:
    """Letters in shapes: N images of F = 64 pixels, K = 10 classes, D shares of deleted pixels."""

    def __init__(self, spec: Any) -> None:
        self.spec = spec
        self.steps_done = 0
        self.fold = make_fold("digits", load_task("digits"), N_LEARNED, spec.seed)
        self.x_train, self.y_train, self.x_test, self.y_test = map(torch.from_numpy, self.fold)
        kind = DecisionTreeClassifier(max_depth=spec.tree_depth, random_state=0)
        self.tree = kind.fit(self.fold.x_train, self.fold.y_train)
        self.nets = {kind: StackedNets(kind, (SIDE, SIDE, 1), N_CLASSES, (spec.seed,)) for kind in ("linear", "cnn")}
        nth = [(self.y_test == digit).nonzero()[spec.sample, 0] for digit in range(N_CLASSES)]
        self.shown = self.x_test[torch.stack(nth)]  # (K, F) an image of each digit
        self.buffers = {kind: make_buffers("adam", net.flat) for kind, net in self.nets.items()}
        self.steps_per_epoch = -(-len(self.x_train) // BATCH)

    def step(self) -> None:
        """One update of the linear model and of the CNN, on the same batch."""
        epoch, batch = divmod(self.steps_done, self.steps_per_epoch)
        order = np.random.default_rng([self.spec.seed, 2, epoch]).permutation(len(self.x_train))
        rows = torch.from_numpy(order[batch * BATCH : (batch + 1) * BATCH])
        self.steps_done += 1
        for kind, net in self.nets.items():
            net.grad.zero_()
            F.cross_entropy(self._logits(kind, self.x_train[rows]), self.y_train[rows]).backward()
            update("adam", net.flat, net.grad, self.buffers[kind], self.steps_done, self.spec.learning_rate, 0.0)

    def observe(self) -> dict[str, Any]:
        """Accuracies, the linear weights (K, 8, 8), the explanations of one image of each digit, and their check."""
        with torch.no_grad():
            answers = {kind: self._logits(kind, self.shown).argmax(1) for kind in self.nets}
        asked = answers["cnn"] if self.spec.explained == OWN_ANSWER else torch.full((N_CLASSES,), self.spec.explained)
        observed: dict[str, Any] = {f"accuracy_{kind}": self._accuracy(kind) for kind in self.nets}
        observed["accuracy_tree"] = float(self.tree.score(self.fold.x_test, self.fold.y_test))
        for kind, said in answers.items():
            observed[f"said_{kind}"] = said.to(torch.uint8).numpy()
        weight = self.nets["linear"].blocks[0].detach()[0].T  # (K, F)
        observed["weights"] = signed(weight.numpy())
        observed["map_linear"] = signed((weight[asked] * self.shown).numpy(), each=True)
        for method in METHODS[:3]:
            observed[f"map_{method}"] = signed(self._importance(method, self.shown, asked).numpy(), each=True)
        return observed | self._check() | (self._static() if self.steps_done == 0 else {})

    def state(self) -> dict[str, Any]:
        """All that an update changes."""
        named = {f"{kind}.flat": net.flat for kind, net in self.nets.items()}
        return named | {f"{kind}.{i}": b for kind, buffers in self.buffers.items() for i, b in enumerate(buffers)}

    def weights(self) -> dict[str, Any]:
        """The parameters of the linear model and of the CNN."""
        return {**self.nets["linear"].named_blocks(), **self.nets["cnn"].named_blocks()}

    def _logits(self, kind: str, x: torch.Tensor) -> torch.Tensor:
        """(N, K) for images (N, F)."""
        return self.nets[kind].forward(x[None])[0]

    def _accuracy(self, kind: str) -> float:
        with torch.no_grad():
            return float((self._logits(kind, self.x_test).argmax(1) == self.y_test).float().mean())

    def _asked_pixels(self, image: np.ndarray) -> np.ndarray:
        """(F,) the pixels that the tree looks at on this image's way: 1 where it found ink, −1 where it found none."""
        tree, node = self.tree.tree_, 0
        found = np.zeros(SIDE * SIDE, np.float32)
        while tree.children_left[node] >= 0:
            pixel = tree.feature[node]
            is_dark = image[pixel] > tree.threshold[node]
            found[pixel] = 1 if is_dark else -1
            node = tree.children_right[node] if is_dark else tree.children_left[node]
        return found

    def _importance(self, method: str, x: torch.Tensor, classes: torch.Tensor) -> torch.Tensor:
        """(N, F) how much each pixel matters for the asked class of each image.

        saliency: |∂z/∂x| of the class's logit (Simonyan, Vedaldi & Zisserman 2014); gradient × input: x · ∂z/∂x;
        occlusion: by how much the class's probability falls when a square around the pixel is painted over with
        paper (Zeiler & Fergus 2014).
        """
        if method == "random":
            return torch.from_numpy(np.random.default_rng(0).random(tuple(x.shape), dtype=np.float32))
        if method == "occlusion":
            return self._occlusion(x, classes)
        leaf = x.clone().requires_grad_()
        logits = self._logits("cnn", leaf)
        (gradient,) = torch.autograd.grad(logits[torch.arange(len(x)), classes].sum(), leaf)
        return gradient.abs() if method == "saliency" else gradient * x

    @torch.no_grad()
    def _occlusion(self, x: torch.Tensor, classes: torch.Tensor) -> torch.Tensor:
        """(N, F) with the square's middle (or its lower right, where the side is even) at the pixel."""
        covered = x[:, None] * (1 - covers(self.spec.occluded))  # (N, F, F)
        every = torch.cat([x[:, None], covered], 1).flatten(0, 1)
        shares = F.softmax(self._logits("cnn", every), 1).view(len(x), -1, N_CLASSES)
        asked = shares[torch.arange(len(x)), :, classes]  # (N, 1 + F)
        return asked[:, :1] - asked[:, 1:]

    def _check(self) -> dict[str, np.ndarray]:
        """(D,) the CNN's accuracy on images whose most important pixels, by each method, are painted over.

        A map that is faithful to the net makes it fall fast; random pixels are the yardstick.
        """
        x, y = self.x_test[:N_CHECKED], self.y_test[:N_CHECKED]
        with torch.no_grad():
            classes = self._logits("cnn", x).argmax(1)
        found = {}
        for method in METHODS:
            order = self._importance(method, x, classes).argsort(1, descending=True)
            rank = torch.empty_like(order).scatter_(1, order, torch.arange(x.shape[1]).expand_as(order))
            with torch.no_grad():
                kept = torch.cat([x * (rank >= round(share * x.shape[1])) for share in SHARES])
                right = self._logits("cnn", kept).argmax(1).view(len(SHARES), -1) == y
            found[f"deleted_{method}"] = right.float().mean(1).numpy()
        return found

    def _static(self) -> dict[str, np.ndarray]:
        """The images, what the tree says and asks of each, and the tree node by node: pixel and threshold, children
        (−1 at a leaf), the digit it says, the share and the number of its training samples."""
        tree, images = self.tree.tree_, self.shown.numpy()
        return {
            "images": (images * 255).astype(np.uint8).reshape(-1, SIDE, SIDE),
            "said_tree": self.tree.predict(images).astype(np.uint8),
            "map_tree": signed(np.stack([self._asked_pixels(image) for image in images]), each=True),
            "tree_pixel": tree.feature.astype(np.int32),
            "tree_threshold": tree.threshold.astype(np.float32),
            "tree_left": tree.children_left.astype(np.int32),
            "tree_right": tree.children_right.astype(np.int32),
            "tree_digit": tree.value[:, 0].argmax(1).astype(np.int32),
            "tree_share": tree.value[:, 0].max(1).astype(np.float32),
            "tree_samples": tree.n_node_samples.astype(np.int32),
        }


def covers(side: int) -> torch.Tensor:
    """(F, F) for each pixel the square around it that is painted over, 1 where covered."""
    squares = torch.zeros(SIDE, SIDE, SIDE, SIDE)
    for row in range(SIDE):
        for column in range(SIDE):
            top, left = max(0, row - side // 2), max(0, column - side // 2)
            squares[row, column, top : row - side // 2 + side, left : column - side // 2 + side] = 1
    return squares.view(SIDE * SIDE, -1)


def signed(maps: np.ndarray, each: bool = False) -> np.ndarray:
    """(N, F) as int8 (N, 8, 8), −127…127 for the largest size of all, or of `each` map."""
    largest = np.abs(maps).max(1, keepdims=True) if each else np.abs(maps).max()
    return np.round(127 * maps / np.maximum(largest, 1e-12)).astype(np.int8).reshape(-1, SIDE, SIDE)
