"""Who wants a run to go on and who looks on: viewers of one person, for as long as they said."""

from __future__ import annotations

from dlcore.audience import Audience
from tests.fakes import FakeClock


def test_two_players_of_one_person_are_one():
    audience = Audience(FakeClock())
    for viewer in ("ann/loss", "ann/surface", "bob/loss"):
        audience.lease(viewer, 2.0)
        audience.watch(viewer, 6.0)
    audience.pause("ann/loss")
    assert audience.trainers() == audience.watchers() == {"ann", "bob"}
    audience.pause("ann/surface")
    assert audience.trainers() == {"bob"}
    assert audience.watchers() == {"ann", "bob"}
    audience.leave("bob/loss")
    assert audience.trainers() == set()
    assert audience.watchers() == {"ann"}


def test_what_nobody_renews_ends_at_its_time():
    clock = FakeClock()
    audience = Audience(clock)
    audience.lease("ann", 2.0)
    audience.watch("ann", 6.0)
    clock.now = 2.0
    assert audience.trainers() == set()
    assert audience.watchers() == {"ann"}
    audience.lease("ann", 2.0)
    assert audience.trainers() == {"ann"}
    audience.rest()
    assert audience.trainers() == set()
    assert audience.watchers() == {"ann"}
