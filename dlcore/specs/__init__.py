"""One spec class for each kind of experiment; nothing here imports torch."""

from dlcore.specs.activation_race import ActivationRaceSpec
from dlcore.specs.autoencoder import AutoencoderSpec
from dlcore.specs.backprop import BackpropSpec
from dlcore.specs.base import FieldDescription, Spec, to_text
from dlcore.specs.belief_net import BeliefNetSpec
from dlcore.specs.bptt import BpttSpec
from dlcore.specs.characters import CharactersSpec
from dlcore.specs.cnn import CnnSpec
from dlcore.specs.contest import ContestSpec
from dlcore.specs.copy_task import CopyTaskSpec
from dlcore.specs.dead_units import DeadUnitsSpec
from dlcore.specs.depth_lab import DepthLabSpec
from dlcore.specs.descent import DescentSpec
from dlcore.specs.few_labels import FewLabelsSpec
from dlcore.specs.forecast import ForecastSpec
from dlcore.specs.function_fit import FunctionFitSpec
from dlcore.specs.gan_images import GanImagesSpec
from dlcore.specs.gan_lab import GanLabSpec
from dlcore.specs.gradient_bug import GradientBugSpec
from dlcore.specs.lag_ladder import LagLadderSpec
from dlcore.specs.learned_slope import LearnedSlopeSpec
from dlcore.specs.linear_regression import LinearRegressionSpec
from dlcore.specs.look_inside import LookInsideSpec
from dlcore.specs.memory_lab import MemoryLabSpec
from dlcore.specs.micrograd import MicrogradSpec
from dlcore.specs.pairing import PairingSpec
from dlcore.specs.perceptron import PerceptronSpec
from dlcore.specs.playground import PlaygroundSpec
from dlcore.specs.polynomial_fit import PolynomialFitSpec
from dlcore.specs.pretraining import PretrainingSpec
from dlcore.specs.rbm_features import RbmFeaturesSpec
from dlcore.specs.recurrent_cell import RecurrentCellSpec
from dlcore.specs.recurrent_settings import RecurrentSettingsSpec
from dlcore.specs.rntn import RntnSpec
from dlcore.specs.robust_fit import RobustFitSpec
from dlcore.specs.scored_classes import ScoredClassesSpec
from dlcore.specs.scored_classifier import ScoredClassifierSpec
from dlcore.specs.semi_supervised import SemiSupervisedSpec
from dlcore.specs.shift_test import ShiftTestSpec
from dlcore.specs.signal_classifier import SignalClassifierSpec
from dlcore.specs.small_codes import SmallCodesSpec
from dlcore.specs.tags import TagsSpec
from dlcore.specs.threshold_choice import ThresholdChoiceSpec
from dlcore.specs.tiny_rbm import TinyRbmSpec
from dlcore.specs.vae import VaeSpec
from dlcore.specs.vowels import VowelsSpec

SPECS: dict[str, type[Spec]] = {
    spec.kind: spec
    for spec in (
        PerceptronSpec,
        PlaygroundSpec,
        DescentSpec,
        BackpropSpec,
        GradientBugSpec,
        PairingSpec,
        ActivationRaceSpec,
        DeadUnitsSpec,
        DepthLabSpec,
        LearnedSlopeSpec,
        LinearRegressionSpec,
        RobustFitSpec,
        PolynomialFitSpec,
        MicrogradSpec,
        CnnSpec,
        ScoredClassifierSpec,
        ScoredClassesSpec,
        ThresholdChoiceSpec,
        SignalClassifierSpec,
        ContestSpec,
        GanLabSpec,
        RecurrentCellSpec,
        MemoryLabSpec,
        LagLadderSpec,
        BpttSpec,
        RecurrentSettingsSpec,
        FewLabelsSpec,
        LookInsideSpec,
        GanImagesSpec,
        SemiSupervisedSpec,
        ForecastSpec,
        CharactersSpec,
        TagsSpec,
        VowelsSpec,
        ShiftTestSpec,
        FunctionFitSpec,
        SmallCodesSpec,
        CopyTaskSpec,
        RntnSpec,
        AutoencoderSpec,
        VaeSpec,
        TinyRbmSpec,
        BeliefNetSpec,
        PretrainingSpec,
        RbmFeaturesSpec,
    )
}

__all__ = [
    "SPECS",
    "ActivationRaceSpec",
    "AutoencoderSpec",
    "BackpropSpec",
    "BeliefNetSpec",
    "BpttSpec",
    "CharactersSpec",
    "CnnSpec",
    "ContestSpec",
    "CopyTaskSpec",
    "DeadUnitsSpec",
    "DepthLabSpec",
    "DescentSpec",
    "FewLabelsSpec",
    "FieldDescription",
    "ForecastSpec",
    "FunctionFitSpec",
    "GanImagesSpec",
    "GanLabSpec",
    "GradientBugSpec",
    "LagLadderSpec",
    "LearnedSlopeSpec",
    "LinearRegressionSpec",
    "LookInsideSpec",
    "MemoryLabSpec",
    "MicrogradSpec",
    "PairingSpec",
    "PerceptronSpec",
    "PlaygroundSpec",
    "PolynomialFitSpec",
    "PretrainingSpec",
    "RbmFeaturesSpec",
    "RecurrentCellSpec",
    "RecurrentSettingsSpec",
    "RntnSpec",
    "RobustFitSpec",
    "ScoredClassesSpec",
    "ScoredClassifierSpec",
    "SemiSupervisedSpec",
    "ShiftTestSpec",
    "SignalClassifierSpec",
    "SmallCodesSpec",
    "Spec",
    "TagsSpec",
    "ThresholdChoiceSpec",
    "TinyRbmSpec",
    "VowelsSpec",
    "to_text",
]
