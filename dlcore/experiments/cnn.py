"""Train your own: S models of one stack of layers learn small pictures or signals; what they see, while they learn."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
import torch.nn.functional as F

from dlcore.data.handwriting import to_digits_grid
from dlcore.data.image_splits import make_image_split
from dlcore.device import choose_device
from dlcore.functions.layer_arithmetic import describe_stack, parse_stack
from dlcore.functions.signal_picture import draw_signal
from dlcore.functions.stack_parts import answer_of, conv_numbers
from dlcore.models.conv_stack import ConvStack
from dlcore.models.explanations import explain
from dlcore.models.flat_optimizers import make_buffers, update
from dlcore.specs.image_sets import IMAGE_SETS, N_CLASSES

N_SEEN = 500  # at most so many training pictures are looked at for the training loss, and no more than are tested
PIECE = 100  # pictures that go through a net at once: more no longer fit into the core's cache
N_WORST = 6  # mistakes in a frame
N_FILTERS, N_MAPS, MAPS_VALUES = 16, 8, 2000  # in a frame, of each convolution
N_CONVS = 3  # convolutions whose maps are in a frame


class Cnn:
    """Letters in shapes: S models (one a seed), N pictures, B batch, C channels, H and W sides, K classes."""

    def __init__(self, spec: Any) -> None:
        self.spec = spec
        self.steps_done = 0
        x_train, y_train, x_test, y_test = make_image_split(
            spec.image_set, spec.train_size, spec.test_size, spec.data_seed
        )
        layers, shape = parse_stack(spec.layers), IMAGE_SETS[spec.image_set].shape
        self.batch_size = min(spec.batch_size, len(x_train))
        multiply_adds = sum(report.n_multiply_adds for report in describe_stack(layers, shape))
        self.device = choose_device(self, 3 * spec.n_seeds * self.batch_size * multiply_adds)  # forward and backward
        self.seeds = tuple(spec.seed + i for i in range(spec.n_seeds))
        self.model = ConvStack(layers, shape, spec.init, self.seeds, self.device)
        self.buffers = make_buffers(spec.optimizer, self.model.flat)
        self.mean, self.std = float(x_train.mean()), float(x_train.std())
        self.raw_test = x_test
        self.seen = slice(min(N_SEEN, len(x_test)))
        self.x_train, self.x_test = (torch.from_numpy(x).to(self.device) for x in (x_train, x_test))
        self.y_train, self.y_test = (torch.from_numpy(y).to(self.device) for y in (y_train, y_test))
        self.steps_per_epoch = -(-len(x_train) // self.batch_size)
        self.epoch = -1

    def step(self) -> None:
        """One update of every model on its seed's next batch."""
        epoch, batch = divmod(self.steps_done, self.steps_per_epoch)
        if epoch != self.epoch:
            self._shuffle(epoch)
        self.model.grad.zero_()
        for number, seed in enumerate(self.seeds):
            rows = self.order[number, batch * self.batch_size : (batch + 1) * self.batch_size]
            dropout = torch.Generator().manual_seed(mix(seed, self.steps_done))
            scores = self.model.forward(self.prepare(self.x_train[rows]), number, dropout)[-1]
            F.cross_entropy(scores, self.y_train[rows]).backward()
        self.steps_done += 1
        spec, model = self.spec, self.model
        update(spec.optimizer, model.flat, model.grad, self.buffers, self.steps_done, spec.learning_rate, spec.momentum)

    def observe(self) -> dict[str, Any]:
        """Losses and accuracies; the pictures of one model, or the band of several."""
        observed: dict[str, Any] = {"epoch": self.steps_done / self.steps_per_epoch}
        scores = {"train": self.scores(self.x_train[self.seen]), "test": self.scores(self.x_test)}  # (S, N, K)
        for split, found in scores.items():
            y = self.y_train[self.seen] if split == "train" else self.y_test
            y = y.cpu().expand(len(self.seeds), -1)
            losses = F.cross_entropy(found.flatten(0, 1), y.flatten(), reduction="none").view(y.shape).mean(1)
            right = (found.argmax(2) == y).float().mean(1)
            observed |= measure(f"{split}_loss", losses) | measure(f"{split}_accuracy", right)
        if len(self.seeds) == 1:
            observed |= self._confusion(scores["test"][0]) | self._worst(scores["test"][0]) | self._maps()
            observed |= self._static() if self.steps_done == 0 else {}
        return observed

    def state(self) -> dict[str, Any]:
        """All that an update changes; batch order and dropout follow from seed and step alone."""
        buffers = {f"buffer{i}": buffer for i, buffer in enumerate(self.buffers)}
        return {"flat": self.model.flat, "running": self.model.running} | buffers

    def weights(self) -> dict[str, Any]:
        """By layer, `seedS.layerN.weight` and so on, in torch's shapes: (O, C, H, W) of a convolution, (O, I) else."""
        named = {}
        for seed, leaves in zip(self.seeds, self.model.parameters, strict=True):
            for block, leaf in zip(self.model.blocks, leaves, strict=True):
                named[f"seed{seed}.layer{block.layer}.{block.name}"] = leaf.detach().contiguous()
        return named

    def ask(self, question: dict[str, Any]) -> dict[str, Any]:
        """What the first model makes of one picture, layer by layer.

        `{"test": index}`: a test picture. `{"picture": rows}`: 28×28 greys 0…255, bright on dark, centred as MNIST is.
        `{"mistakes": n}`: the worst n mistakes among all test pictures. `label` names the class to explain.
        """
        if "mistakes" in question:
            return self._worst(self.scores(self.x_test)[0], int(question["mistakes"]))
        if "picture" in question:
            return self._explain(self._like_the_set(np.array(question["picture"], np.uint8)), question.get("label"))
        index = int(question["test"]) % len(self.y_test)
        return {"true": int(self.y_test[index])} | self._explain(self.raw_test[index], question.get("label"))

    def prepare(self, x: torch.Tensor) -> torch.Tensor:
        """(B, C, H, W) standardised with mean and deviation of the training values; a signal has H = 1."""
        x = (x.float() - self.mean) / self.std
        return x if x.dim() == 4 else x[:, :, None]

    @torch.no_grad()
    def scores(self, x: torch.Tensor) -> torch.Tensor:
        """(S, N, K) every model's raw outputs."""
        pieces = [self.prepare(piece) for piece in x.split(PIECE)]
        found = [
            torch.cat([self.model.forward(piece, model)[-1] for piece in pieces]) for model in range(len(self.seeds))
        ]
        return torch.stack(found).cpu()

    def _shuffle(self, epoch: int) -> None:
        n_train = len(self.x_train)
        order = [np.random.default_rng([seed, 2, epoch]).permutation(n_train) for seed in self.seeds]
        self.order = torch.from_numpy(np.stack(order)).to(self.device)  # (S, N)
        self.epoch = epoch

    def _confusion(self, scores: torch.Tensor) -> dict[str, np.ndarray]:
        """(K, K) how many test pictures of each class (row) were taken for which (column)."""
        pairs = self.y_test.cpu() * N_CLASSES + scores.argmax(1)
        counts = torch.bincount(pairs, minlength=N_CLASSES**2)
        return {"confusion": counts.view(N_CLASSES, N_CLASSES).to(torch.int16).numpy()}

    def _worst(self, scores: torch.Tensor, n_worst: int = N_WORST) -> dict[str, np.ndarray]:
        """The mistakes with the least probability of the true class, and how many mistakes there are."""
        y = self.y_test.cpu()
        p = scores.softmax(1)
        p_true = p.gather(1, y[:, None])[:, 0]
        wrong = scores.argmax(1) != y
        rows = torch.where(wrong, p_true, 2.0).argsort(stable=True)[: min(n_worst, int(wrong.sum()))].numpy()
        pictures = [self._picture(self.raw_test[row]) for row in rows]
        predicted = scores.argmax(1).numpy()[rows]
        return {
            "worst": np.stack(pictures)
            if pictures
            else np.zeros((0, *self._picture(self.raw_test[0]).shape), np.uint8),
            "worst_index": rows.astype(np.int32),
            "worst_true": y.numpy()[rows].astype(np.uint8),
            "worst_predicted": predicted.astype(np.uint8),
            "worst_p": p.numpy()[rows, predicted],
        }

    def _maps(self) -> dict[str, np.ndarray]:
        """The first convolution's kernels (first input channel) and, of the first convolutions, the maps of the shown
        picture, −127…127 of the largest in each.
        """
        layers, model = self.model.layers, self.model
        with torch.no_grad():
            outputs = model.forward(self.prepare(self.x_test[:1]))
        drawn: dict[str, np.ndarray] = {}
        for place, number in enumerate(conv_numbers(layers)[:N_CONVS]):
            maps = outputs[answer_of(layers, number)][0].cpu()  # (C, H, W)
            drawn[f"maps{place + 1}"] = to_int8(few(maps))
        kernels = [
            leaf for block, leaf in zip(model.blocks, model.parameters[0], strict=True) if block.name == "weight"
        ]
        if drawn and kernels[0].dim() == 4:
            drawn["filters"] = to_int8(kernels[0].detach()[:N_FILTERS, 0].cpu())
        return drawn

    def _static(self) -> dict[str, np.ndarray]:
        """The picture that is followed through the net, which no update changes."""
        return {"shown": self._picture(self.raw_test[0])[None], "shown_true": np.array([int(self.y_test[0])], np.uint8)}

    def _picture(self, x: np.ndarray) -> np.ndarray:
        """(H, W) uint8 of one stored picture or signal."""
        top = IMAGE_SETS[self.spec.image_set].top
        return draw_signal(x[0]) if top is None else (x[0] * (255 / top)).astype(np.uint8)

    def _like_the_set(self, picture: np.ndarray) -> np.ndarray:
        """A drawn picture as this set would store it."""
        if self.spec.image_set == "digits":
            return to_digits_grid(picture)[None]
        return picture[None] * np.float32((IMAGE_SETS[self.spec.image_set].top or 1) / 255)

    def _explain(self, x: np.ndarray, label: int | None) -> dict[str, Any]:
        prepared = self.prepare(torch.from_numpy(x[None]).to(self.device))
        found = {name: value.cpu().numpy() for name, value in explain(self.model, prepared, label).items()}
        return {"picture": self._picture(x)} | found


def mix(seed: int, step: int) -> int:
    """One number of a seed and a step."""
    return int(np.random.default_rng([seed, 3, step]).integers(2**62))


def measure(name: str, values: torch.Tensor) -> dict[str, float]:
    """One measure: of a single model, or the median, lowest and highest over the seeds."""
    found = values.numpy()
    if len(found) == 1:
        return {name: float(found[0])}
    return {name: float(np.median(found)), f"{name}_low": float(found.min()), f"{name}_high": float(found.max())}


def few(maps: torch.Tensor) -> torch.Tensor:
    """Maps (C, H, W) small enough for a frame: the first ones, every second pixel or so; a signal's as one picture."""
    if maps.shape[1] == 1:
        return maps[:N_FILTERS, 0][None]  # (1, C, W)
    maps, stride = maps[:N_MAPS], 1
    while maps[:, ::stride, ::stride].numel() > MAPS_VALUES:
        stride += 1
    return maps[:, stride // 2 :: stride, stride // 2 :: stride]


def to_int8(values: torch.Tensor) -> np.ndarray:
    """−127…127, the largest in size being 127, whatever blew up."""
    values = values.nan_to_num(0.0, 0.0, 0.0)
    largest = values.abs().max().clamp_min(1e-12)
    return (values / largest * 127).round().to(torch.int8).numpy()
