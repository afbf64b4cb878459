"""Ended runs on disk: what is written is read, what is damaged costs nothing but itself, and bytes stay bounded."""

from __future__ import annotations

import json
import os
import pickle
import shutil
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dlcore import store
from dlcore.frames import PackedFrame, pack
from dlcore.specs import PerceptronSpec, PlaygroundSpec, Spec
from dlcore.store import DiskStore, StoredRun, code_version, run_files

SPEC = PlaygroundSpec(hidden_sizes=(3,), n_steps=60, edits=((30, "learning_rate", 0.5),))
BYTES = 10**8


def make_run(spec: Spec = SPEC, n_frames: int = 3, size: int = 100) -> StoredRun:
    """A finished run with arrays of `size` incompressible numbers."""
    generator = np.random.default_rng(spec.seed)
    frames = [pack(step, {"loss": 0.1 + step, "weights": generator.standard_normal(size)}) for step in range(n_frames)]
    return StoredRun(spec, "finished", n_frames - 1, "", frames, b"\x00state\xff")


def files(folder) -> list:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.fixture
def disk(tmp_path):
    return DiskStore(tmp_path, BYTES)


@pytest.mark.parametrize(
    "run",
    [
        make_run(),
        make_run(PerceptronSpec(), n_frames=1),
        StoredRun(SPEC, "diverged", 17, "not_finite", make_run().frames, b""),
        StoredRun(SPEC, "diverged", 0, "too_large", [], b""),
        StoredRun(SPEC, "finished", 1, "", [PackedFrame(1, {"loss": 1 / 3, "tiny": 5e-324}, b"")], b"s"),
    ],
    ids=["finished", "perceptron", "diverged", "diverged at once", "empty blob"],
)
def test_what_is_written_is_read(run, disk):
    disk.write(run)
    assert disk.read(run.spec) == run


def test_another_process_reads_it_too(disk, tmp_path):
    """As after a restart."""
    disk.write(make_run())
    assert DiskStore(tmp_path, BYTES).read(SPEC) == make_run()


def test_written_in_the_background(disk):
    disk.write_soon(make_run())
    disk.flush()
    assert disk.read(SPEC) == make_run()


def test_the_latest_of_two_writings_counts_and_leaves_nothing_behind(disk, tmp_path):
    disk.write(make_run(n_frames=5))
    disk.write(make_run(n_frames=2))
    assert disk.read(SPEC) == make_run(n_frames=2)
    assert sorted(path.suffix for path in files(tmp_path)) == [".json", ".npz"]


def test_what_was_never_written_is_not_there(disk, caplog):
    assert disk.read(SPEC) is None
    assert caplog.text == ""


def test_a_run_without_its_head_does_not_count(disk):
    """As when the server is killed between the two files."""
    disk.write(make_run())
    run_files(disk.folder, SPEC.key)[0].unlink()
    assert disk.read(SPEC) is None
    disk.write(make_run())
    assert disk.read(SPEC) == make_run()


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_body_is_never_read_and_never_fatal(disk, data):
    """Cut short, or bytes overwritten: the archive's checksums notice, or the damage was to unused bytes."""
    disk.write(make_run())
    body = run_files(disk.folder, SPEC.key)[1]
    good = body.read_bytes()
    at = data.draw(st.integers(0, len(good) - 1))
    garbage = data.draw(st.binary(max_size=8))
    cut = data.draw(st.booleans())
    body.write_bytes(good[:at] + garbage + (b"" if cut else good[at + len(garbage) :]))
    found = disk.read(SPEC)
    assert found in (None, make_run())
    assert found is None or not cut or at + len(garbage) >= len(good)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", "{}", '{"spec": {}}', "\x00", "1e999"], ids=lambda text: f"head {text!r}"
)
def test_a_damaged_head_is_removed_and_never_fatal(text, disk, tmp_path, caplog):
    disk.write(make_run())
    run_files(disk.folder, SPEC.key)[0].write_text(text)
    assert disk.read(SPEC) is None
    assert caplog.text.count("damaged") == 1
    assert files(tmp_path) == []
    disk.write(make_run())
    assert disk.read(SPEC) == make_run()


def test_a_head_with_fewer_rows_than_frames_is_damaged(disk, caplog):
    disk.write(make_run())
    head, _ = run_files(disk.folder, SPEC.key)
    about = json.loads(head.read_text())
    head.write_text(json.dumps(about | {"history": about["history"][1:]}))
    assert disk.read(SPEC) is None
    assert "damaged" in caplog.text


def test_another_spec_under_the_same_name_is_not_taken_for_this_one(disk):
    disk.write(make_run())
    other = SPEC.replace(seed=1)
    for mine, theirs in zip(run_files(disk.folder, SPEC.key), run_files(disk.folder, other.key), strict=True):
        mine.rename(theirs)
    assert disk.read(other) is None


def test_nothing_is_ever_unpickled(disk):
    """A body with a pickled object in the place of the frames is refused before the object is made."""
    disk.write(make_run())
    made: list[str] = []
    head, body = run_files(disk.folder, SPEC.key)
    with np.load(body) as arrays:
        kept = {name: arrays[name] for name in ("sizes", "state")}
    with body.open("wb") as file:
        np.savez(file, blobs=np.array([Trap()], dtype=object), **kept)
    Trap.sprung = made.append
    assert disk.read(SPEC) is None
    assert made == []
    assert not head.exists()


class Trap:
    """Tells when it is unpickled."""

    sprung = print

    def __reduce__(self) -> tuple:
        return _spring, ()


def _spring() -> None:
    Trap.sprung("unpickled")


def test_a_body_holds_plain_numbers_only(disk):
    disk.write(make_run())
    with np.load(run_files(disk.folder, SPEC.key)[1], allow_pickle=False) as arrays:
        assert {name: arrays[name].dtype.kind for name in arrays} == {"blobs": "u", "sizes": "i", "state": "u"}
    assert not any(path.read_bytes().startswith(pickle.PROTO) for path in disk.folder.iterdir())


@pytest.mark.parametrize("library", ["torch", "numpy", "scipy", "scikit-learn"])
def test_the_version_follows_the_libraries(library, monkeypatch):
    fresh = code_version.__wrapped__
    assert fresh() == code_version()
    monkeypatch.setattr(store, "version", lambda name: "0" if name == library else version(name))
    assert fresh() != code_version()


def test_the_version_follows_the_code(tmp_path, monkeypatch):
    """Every module that a worker computes with; a page or the store itself changes no frame."""
    root = shutil.copytree(Path(store.__file__).parent, tmp_path / "dlcore")
    monkeypatch.setattr(store, "__file__", str(root / "store.py"))
    fresh = code_version.__wrapped__
    known = {fresh()}
    assert known == {code_version()}
    for name in ("data/toy2d.py", "experiments/playground.py", "models/stacked_mlp.py", "advance.py", "frames.py"):
        with (root / name).open("a", encoding="utf-8") as source:
            source.write("# changed")
        assert fresh() not in known
        known.add(fresh())
    (root / "store.py").write_text("# changed", encoding="utf-8")
    assert fresh() in known


def test_a_run_of_another_version_of_the_code_is_not_read(disk, tmp_path, monkeypatch):
    disk.write(make_run())
    monkeypatch.setattr(store, "code_version", lambda: "0" * 12)
    newer = DiskStore(tmp_path, BYTES)
    assert newer.read(SPEC) is None
    newer.write(make_run(n_frames=1))
    assert newer.read(SPEC) == make_run(n_frames=1)
    assert disk.read(SPEC) == make_run()


def test_beyond_its_bytes_the_runs_used_longest_ago_are_removed(tmp_path):
    runs = [make_run(SPEC.replace(seed=seed)) for seed in range(6)]
    roomy = DiskStore(tmp_path, BYTES)
    for age, run in enumerate(runs[:5]):
        roomy.write(run)
        set_age(roomy, run.spec, 100 - age)
    one = max(sum(path.stat().st_size for path in run_files(roomy.folder, run.spec.key)) for run in runs[:5])
    assert roomy.read(runs[0].spec) is not None  # the oldest, but now used
    DiskStore(tmp_path, 4 * one).write(runs[5])
    kept = [run.spec.seed for run in runs if roomy.read(run.spec)]
    assert kept == [0, 3, 4, 5]
    assert sum(path.stat().st_size for path in files(tmp_path)) <= 4 * one


def test_runs_of_older_code_and_leftovers_count_and_go_first(tmp_path, monkeypatch):
    monkeypatch.setattr(store, "code_version", lambda: "0" * 12)
    older = DiskStore(tmp_path, BYTES)
    older.write(make_run())
    set_age(older, SPEC, 1000)
    monkeypatch.undo()
    leftover = older.folder / f"playground-{'a' * 16}.tmp123"
    leftover.write_bytes(bytes(10_000))
    os.utime(leftover, (0, 0))
    orphan = older.folder / f"playground-{'b' * 16}.npz"
    orphan.write_bytes(bytes(10_000))
    os.utime(orphan, (0, 0))
    newer = DiskStore(tmp_path, 8_000)
    newer.write(make_run())
    assert newer.read(SPEC) == make_run()
    assert older.read(SPEC) == make_run()
    assert not leftover.exists()
    assert not orphan.exists()
    small = DiskStore(tmp_path, 4_000)
    small.write(make_run())
    assert small.read(SPEC) == make_run()
    assert files(older.folder) == []


def test_a_run_larger_than_the_whole_share_is_not_kept(tmp_path):
    disk = DiskStore(tmp_path, 1000)
    disk.write(make_run(size=10_000))
    assert disk.read(SPEC) is None
    assert files(tmp_path) == []


def test_files_of_others_in_the_folder_stay(tmp_path):
    theirs = [tmp_path / "notes.json", tmp_path / "papers" / "results-1.json", tmp_path / "papers" / "results-1.npz"]
    for path in theirs:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(bytes(5000))
    DiskStore(tmp_path, 0).write(make_run())
    assert sorted(files(tmp_path)) == sorted(theirs)


def test_a_folder_in_which_nothing_can_be_touched_is_read_all_the_same(disk, monkeypatch):
    """As a folder of runs that another user has warmed; the tests may run as root, whom no file mode stops."""
    disk.write(make_run())
    monkeypatch.setattr(os, "utime", refuse)
    assert disk.read(SPEC) == make_run()


def test_a_disk_that_fails_costs_a_line_in_the_log(disk, monkeypatch, caplog):
    monkeypatch.setattr(np, "savez", refuse)
    disk.write(make_run())
    assert disk.read(SPEC) is None
    assert caplog.text.count("not kept on disk") == 1


def refuse(*_: object, **__: object) -> None:
    raise OSError("no space left, or not permitted")


def set_age(disk: DiskStore, spec: Spec, seconds: float) -> None:
    for path in run_files(disk.folder, spec.key):
        then = path.stat().st_mtime - seconds
        os.utime(path, (then, then))
