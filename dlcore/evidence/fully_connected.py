"""What the page Other models claims of fully connected nets: approximation by width, mirror symmetry, the encoder."""

from __future__ import annotations

from dlcore.evidence.rows import EIGHT, Claim, Published, Side, link
from dlcore.functions.approximation import hat_error, make_places, target_values
from dlcore.specs import FunctionFitSpec, SmallCodesSpec

PAGE = "other_models"
WAVES = FunctionFitSpec(n_seeds=1)
PLACES = make_places(1.0)
HATS_32 = hat_error(32, PLACES, target_values("formula", WAVES.fit_formula, (), 1.0, PLACES))  # 0.011
PARABOLA = WAVES.replace(activation="square")
MIRROR, ENCODER = SmallCodesSpec(), SmallCodesSpec(code_task="encoder", inner_units=3, shown_net=0)
ONE, SIXTY_FOUR = {"n_seeds": 1, "shown_net": 0}, {"n_seeds": 64}
NATURE = "Rumelhart, Hinton & Williams 1986, Nature 323, 533–536"


def waves(name: str, first: Side, second: Side | float, label: str) -> Claim:
    """A claim about errors, smaller being better; the page opens with the band over eight seeds."""
    opened = link("universal", ("u.", first.spec.replace(n_seeds=8)))
    return Claim(name, PAGE, opened, EIGHT, label, first=first, second=second, higher_is_better=False)


def codes(spec: SmallCodesSpec) -> dict[str, str]:
    """What the address bar says: the same settings, from 64 starts."""
    return link("small_codes", ("c.", spec.replace(n_seeds=64)))


CLAIMS: tuple[Claim, ...] = (
    waves("wide_beats_narrow", Side(WAVES, "error_64"), Side(WAVES, "error_8"), "fit_rmse"),
    waves("wider_always_fits_better", Side(WAVES, "rises"), 0.5, "fit_rises"),
    waves("training_finds_the_proof", Side(WAVES, "error_32"), HATS_32, "fit_rmse"),
    waves("polynomials_cannot", Side(WAVES, "error_64"), Side(PARABOLA, "error_64"), "fit_rmse"),
    Claim(
        "mirror_from_any_start",
        PAGE,
        codes(MIRROR),
        (0,),
        "codes_solved_share",
        first=Side(MIRROR.replace(**SIXTY_FOUR), "solved_share"),
        second=0.95,
    ),
    Claim(
        "encoder_finds_binary",
        PAGE,
        codes(ENCODER),
        (0,),
        "codes_binary_share",
        first=Side(ENCODER.replace(**SIXTY_FOUR), "binary_share"),
        second=0.5,
    ),
)
PUBLISHED: tuple[Published, ...] = (
    Published(
        "symmetry_ratios",
        PAGE,
        codes(MIRROR),
        (0,),
        "codes_ratio_solved",
        ours=Side(MIRROR.replace(**SIXTY_FOUR), "ratio_solved"),
        theirs=2.0,
        tolerance=0.5,
        source=NATURE,
    ),
    Published(
        "symmetry_sweeps",
        PAGE,
        codes(MIRROR),
        EIGHT,
        "codes_sweeps",
        ours=Side(MIRROR.replace(n_steps=10000, **ONE), "wrong", falls_to=0.0),
        theirs=1425,
        rule="at_most",
        source=NATURE,
    ),
    Published(
        "encoder_three_units",
        PAGE,
        codes(ENCODER),
        EIGHT,
        "codes_wrong_patterns",
        ours=Side(ENCODER.replace(n_seeds=1), "wrong"),
        theirs=0,
        source="Ackley, Hinton & Sejnowski 1985, Cognitive Science 9, 147–169",
    ),
)
