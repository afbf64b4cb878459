"""What the page RNN, LSTM, GRU claims of forecasts, texts, tags and sounds."""

from __future__ import annotations

from dlcore.evidence.rows import EIGHT, THREE, Claim, Published, Side, link
from dlcore.specs import CharactersSpec, ForecastSpec, Spec, TagsSpec, VowelsSpec

PAGE = "rnn"
Seeds = tuple[int, ...]
SUNSPOTS, CO2 = ForecastSpec(), ForecastSpec(series="co2", n_lags=24)
ENGLISH, CHINESE = CharactersSpec(), CharactersSpec(corpus="chinese", n_steps=600)
TAGGED, HEARD = TagsSpec(), VowelsSpec()


def claim(
    name: str, tab: tuple[str, str], spec: Spec, better: str, worse: str, label: str, seeds: Seeds, **rule: bool
) -> Claim:
    """The scalar `better` of a training against another one of the same training; `tab` has its name and its prefix."""
    return Claim(
        name,
        PAGE,
        link(tab[0], (tab[1], spec)),
        seeds,
        label,
        first=Side(spec, better),
        second=Side(spec, worse),
        **rule,
    )


FORECAST, CHARACTERS = ("forecast", "f."), ("characters", "c.")
CLAIMS: tuple[Claim, ...] = (
    claim(
        "network_next_sunspots",
        FORECAST,
        SUNSPOTS,
        "one_step",
        "one_step_autoregression",
        "forecast_one_step",
        EIGHT,
        higher_is_better=False,
    ),
    claim(
        "network_cycle_sunspots",
        FORECAST,
        SUNSPOTS,
        "season_ahead",
        "season_ahead_autoregression",
        "forecast_season_ahead",
        EIGHT,
        higher_is_better=False,
    ),
    claim(
        "network_extends_trend",
        FORECAST,
        CO2,
        "one_step",
        "one_step_persistence",
        "forecast_one_step",
        THREE,
        higher_is_better=False,
    ),
    claim(
        "network_beats_counting",
        CHARACTERS,
        ENGLISH,
        "test_bits",
        "ngram_bits",
        "characters_bits",
        THREE,
        higher_is_better=False,
    ),
    claim(
        "network_writes_new_poems",
        CHARACTERS,
        CHINESE,
        "copied",
        "copied_test",
        "characters_copied_share",
        THREE,
        higher_is_better=False,
    ),
    claim("both_ways_for_tags", ("tags", "t."), TAGGED, "unsure_both", "unsure_forward", "tags_unsure", THREE),
    claim("one_way_beats_window", ("tags", "t."), TAGGED, "unsure_forward", "unsure_linear", "tags_unsure", THREE),
    claim("recurrent_for_sound", ("sound", "v."), HEARD, "heard_rnn", "heard_cnn", "sound_accuracy", THREE),
)
PUBLISHED: tuple[Published, ...] = ()
