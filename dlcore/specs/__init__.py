"""One spec class for each kind of experiment; nothing here imports torch."""

from dlcore.specs.base import FieldDescription, Spec, to_text
from dlcore.specs.perceptron import PerceptronSpec
from dlcore.specs.playground import PlaygroundSpec

SPECS: dict[str, type[Spec]] = {spec.kind: spec for spec in (PerceptronSpec, PlaygroundSpec)}

__all__ = ["SPECS", "FieldDescription", "PerceptronSpec", "PlaygroundSpec", "Spec", "to_text"]
