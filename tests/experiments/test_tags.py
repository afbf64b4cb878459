"""Tags: nothing after a word reaches the network that reads one way, and everything reaches the other."""

from __future__ import annotations

import numpy as np
import torch

from dlcore.advance import advance
from dlcore.data.tagged import NUMBERS, TAGS, make_test
from dlcore.experiments.tags import TagModel, Tags, by_distance, take
from dlcore.frames import unpack
from dlcore.specs import TagsSpec

SHE_SAW_HER = [["she", "saw", "her", "fast", "dog", "."], ["she", "saw", "her", "fast", "leave", "."]]


def say(model: TagModel) -> torch.Tensor:
    words = torch.tensor([[NUMBERS[word] for word in sentence] for sentence in SHE_SAW_HER])
    with torch.no_grad():
        flat = model(words, torch.tensor([6, 6]))  # packed: time step after time step
    return flat.view(6, 2, len(TAGS)).transpose(0, 1)


def test_one_way_knows_nothing_of_what_follows():
    one, both = (say(TagModel("lstm", 8, reads_both, 0)) for reads_both in (False, True))
    torch.testing.assert_close(one[0, :4], one[1, :4])
    assert not torch.allclose(both[0, 2], both[1, 2])


def test_packed_logits_are_those_of_each_sentence_alone():
    experiment = Tags(TagsSpec(n_units=6, n_steps=2))
    for lane in experiment.lanes.values():
        model = lane.models[0]
        said = experiment.predict(model)
        for row in (0, 7, 40):
            words, _, lengths = take(experiment.test, np.array([row]))
            with torch.no_grad():
                alone = model(words, lengths).argmax(1).numpy()
            np.testing.assert_array_equal(said[row, : len(alone)], alone)
            assert (said[row, len(alone) :] == -1).all()


def test_both_lanes_have_as_many_units():
    one, both = (TagModel("gru", 16, reads_both, 0).net.readout.in_features for reads_both in (False, True))
    assert one == both


def test_by_distance_counts_from_the_word_to_the_one_that_decides():
    sentences = make_test(0)
    right = np.ones(sentences.tags.shape, dtype=bool)
    assert by_distance(right, sentences).tolist() == [1.0] * 4
    assert by_distance(~right, sentences).tolist() == [0.0] * 4


def test_both_ways_beat_the_window_and_the_window_beats_one_way():
    spec = TagsSpec(n_steps=250)
    frames = advance(spec, None, spec.n_steps).frames
    last = frames[-1].scalars
    assert last["unsure_both"] > 0.97
    assert last["unsure_both"] > last["unsure_linear"] > last["unsure_forward"] > last["unsure_frequent"]
    arrays = unpack(frames[0].blob).arrays | unpack(frames[-1].blob).arrays
    assert arrays["by_distance_linear"][0] > 0.95 > 0.8 > arrays["by_distance_linear"][2]
    assert arrays["tags_both"].shape == arrays["tags_true"].shape
