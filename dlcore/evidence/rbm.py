"""What the tabs RBM and DBN of the page Other models claim, and the example of scikit-learn that they reproduce."""

from __future__ import annotations

from dlcore.evidence.rows import EIGHT, Claim, Published, Side, link
from dlcore.specs import PretrainingSpec, RbmFeaturesSpec, Spec, TinyRbmSpec
from dlcore.specs.tiny_rbm import TINY_PRESETS

PAGE = "other_models"
FIVE = tuple(range(5))
EXAMPLE = "scikit-learn: Restricted Boltzmann Machine features for digit classification (example of its documentation)"
TINY, FOOLED, MENDED = (TinyRbmSpec(**TINY_PRESETS[name]) for name in ("healthy", "fooled", "mended"))
EARLY = FOOLED.replace(n_steps=300)
FEATURES = RbmFeaturesSpec()


def alone(spec: Spec, measure: str) -> Side:
    """One seed at a time of what the page shows with a band."""
    return Side(spec.replace(n_seeds=1), measure)


def likelihoods(name: str, first: TinyRbmSpec, second: TinyRbmSpec) -> Claim:
    """A claim that the first of two tiny machines is the better model of bars and stripes."""
    better, worse = (alone(spec, "likelihood") for spec in (first, second))
    return Claim(name, PAGE, link("rbm", ("t.", first)), EIGHT, label="rbm_likelihood", first=better, second=worse)


def features(name: str, rival: str, spec: RbmFeaturesSpec) -> Claim:
    """A claim that logistic regression is better on what an RBM has learnt to see."""
    learned, other = (alone(spec, f"accuracy_{name}") for name in ("learned", rival))
    return Claim(name, PAGE, link("rbm", ("w.", spec)), FIVE, label="rbm_accuracy", first=learned, second=other)


def pretraining(n_labels: int, rival: str) -> Claim:
    """A claim that a classifier that began as a deep belief net is better with so few labels."""
    spec = PretrainingSpec(labels_per_class=n_labels)
    stack, other = (alone(spec, f"accuracy_{arm}") for arm in ("pretrained", rival))
    said = link("dbn", ("p.", spec))
    return Claim(f"dbn_{rival}_{n_labels}", PAGE, said, FIVE, label="rbm_accuracy", first=stack, second=other)


def example(name: str, arm: str, theirs: float) -> Published:
    """An accuracy that the example's output states."""
    return Published(
        name,
        PAGE,
        link("rbm", ("w.", FEATURES)),
        FIVE,
        label="rbm_accuracy",
        ours=alone(FEATURES, f"accuracy_{arm}"),
        theirs=theirs,
        source=EXAMPLE,
        tolerance=0.03,
    )


TINY_CLAIMS = (
    likelihoods("rbm_lower_error", FOOLED, EARLY),
    likelihoods("rbm_more_gibbs", TINY.replace(gibbs_steps=25), TINY),
    likelihoods("rbm_exact", MENDED, FOOLED),
)
FEATURE_CLAIMS = (
    features("rbm_features", "pixels", FEATURES),
    features("rbm_features_random", "random", FEATURES),
    features("rbm_features_apart", "pixels", FEATURES.replace(keep_apart=True)),
    features("rbm_features_unmoved", "pixels", FEATURES.replace(nudged=False)),
)
DBN_CLAIMS = tuple(pretraining(n, rival) for rival in ("random", "relu") for n in (1, 5, 20))
CLAIMS = (*TINY_CLAIMS, *FEATURE_CLAIMS, *DBN_CLAIMS)
PUBLISHED = (example("rbm_example_pixels", "pixels", 0.78), example("rbm_example_learned", "learned", 0.93))
