"""Sound: vowels made from formants, heard by a recurrent network, a convolution and a linear model."""

from __future__ import annotations

import numpy as np
import streamlit as st

from dlcore.charts.series import spectrogram_chart
from dlcore.data.vowels import FORMANTS, N_TRAIN, SPEAKERS, VOWELS, WORDS, make_vowels, picture, say
from dlcore.functions.sound import HOP, RATE, band_centres, to_wav
from dlcore.run import Phase, Run
from dlcore.specs import VowelsSpec
from ui.components import stage
from ui.page import Page

SCOPE, PREFIX = "sound", "v."
LANES = ("rnn", "cnn", "linear")
NAMES = WORDS
N_HEARD = 6  # test sounds whose classification can be followed
N_SEEDS = 3


def show(page: Page) -> None:
    page.text("sound")
    spec = page.spec(VowelsSpec, SCOPE, PREFIX)
    show_one(page)
    page.quiz("sound_order")
    columns = (("n_sounds", "hiss"), ("cell", "n_units"), ("learning_rate", "batch_size", "n_steps"))
    page.field_columns(spec, SCOPE, columns)
    heard = show_heard(page, spec)
    run = page.play(spec, panels(page, heard), SCOPE, scope=SCOPE, group=SCOPE, rerun_at_end=True)
    page.edits(spec, SCOPE)
    page.take_home(spec, run, SCOPE)
    show_verdict(page, run)
    show_band(page, spec)
    page.note("sound_notice", "what_to_notice")
    page.note("sound_wrong", "where_it_goes_wrong")


@st.fragment
def show_one(page: Page) -> None:
    """A vowel and a speaker to choose: the formants, the sound, its spectrogram."""
    label = page.labels
    with st.container(border=True):
        left, right = st.columns([1, 1.4], gap="medium")
        with left:
            key, vowel = page.keep("sound.vowel", "vowel", VOWELS[0], VOWELS)
            words = {vowel: f"{name} ({vowel})" for vowel, name in zip(VOWELS, NAMES, strict=True)}
            vowel = st.selectbox(
                label["sound_vowel"], VOWELS, VOWELS.index(vowel), format_func=words.__getitem__, key=key
            )
            key, _ = page.keep("sound.speaker", "speaker", SPEAKERS[0], SPEAKERS)
            speaker = st.segmented_control(
                label["sound_speaker"],
                SPEAKERS,
                format_func=lambda name: label[f"sound_{name}"],
                required=True,
                key=key,
            )
            sound = say(vowel, speaker)
            formants = FORMANTS[vowel][SPEAKERS.index(speaker)]
            st.markdown(" · ".join(f"F{n} {value:,} Hz" for n, value in enumerate(formants, 1)))
            st.audio(to_wav(sound), format="audio/wav")
        with right:
            show_spectrogram(page, picture(sound[None])[0], label["sound_spectrogram_alt"])
        st.caption(label["sound_source"])


def show_heard(page: Page, spec: VowelsSpec) -> int:
    """One of a few test sounds to listen to; its number."""
    label, data = page.labels, make_vowels(spec.hiss)
    tested = list(zip(data.vowels[N_TRAIN:], data.speakers[N_TRAIN:], strict=True))[:N_HEARD]
    words = [f"{NAMES[vowel]} · {label[f'sound_{SPEAKERS[speaker]}']}" for vowel, speaker in tested]
    with st.container(border=True):
        left, right = st.columns([1, 1.4], gap="medium")
        with left:
            key, heard = page.keep("sound.heard", "heard", 0, range(N_HEARD))
            heard = st.selectbox(label["sound_heard"], range(N_HEARD), heard, format_func=words.__getitem__, key=key)
            sound = data.sounds[N_TRAIN + heard]
            st.audio(to_wav(sound / np.abs(sound).max()), format="audio/wav")
            st.caption(label["sound_heard_note"])
        with right:
            show_spectrogram(page, data.pictures[N_TRAIN + heard], label["sound_spectrogram_alt"])
    return int(heard)


def show_spectrogram(page: Page, shown: np.ndarray, alt: str) -> None:
    words = {name: page.labels[f"sound_{name}"] for name in ("time", "frequency")}
    page.chart(spectrogram_chart(shown, HOP / RATE, band_centres(), words), alt=alt)


def panels(page: Page, heard: int) -> list[dict]:
    label = page.labels
    confusions = [
        stage.matrix(
            label[f"sound_confusion_{lane}"],
            f"confusion_{lane}",
            label["sound_confusion_reading"],
            label[f"sound_confusion_{lane}"],
            rows=NAMES,
            columns=NAMES,
            axes=(label["sound_said"], label["sound_true"]),
            limit=25.0,
            numbers=True,
            square=True,
            width=0.5,
        )
        for lane in ("rnn", "cnn")
    ]
    belief = stage.matrix(
        label["sound_belief"],
        f"belief_{heard}",
        label["sound_belief_reading"],
        label["sound_belief_alt"],
        rows=NAMES,
        axes=(label["sound_step"], ""),
        scale=255.0,
        limit=255.0,
        help=label["sound_belief_help"],
        width=0.5,
    )
    return [accuracy_panel(page, 1, 0.5), belief, *confusions]


def accuracy_panel(page: Page, n_seeds: int, width: float) -> dict:
    label = page.labels
    series = [stage.banded(f"heard_{lane}", label[f"sound_{lane}"], n_seeds > 1) for lane in LANES]
    return stage.lines(label["sound_accuracy"], series, alt=label["sound_accuracy"], domain=(0.0, 1.0), width=width)


def show_verdict(page: Page, run: Run) -> None:
    if run.status().phase is not Phase.FINISHED:
        return
    last = run.history()[-1]
    rows = sorted(LANES, key=lambda lane: -last[f"heard_{lane}"])
    listed = " · ".join(f"{page.labels[f'sound_{lane}']} {last[f'heard_{lane}']:.1%}" for lane in rows)
    st.markdown(f"**{page.labels['sound_accuracy']}**: {listed}")


def show_band(page: Page, spec: VowelsSpec) -> None:
    several = spec.replace(n_seeds=N_SEEDS)
    st.markdown(f"**{page.labels['band']}** · {page.labels.format('sound_band', n=N_SEEDS)}")
    page.play(several, [accuracy_panel(page, N_SEEDS, 1.0)], f"{SCOPE}_band", group=SCOPE, compact=True)
