"""The command line: list, run, warm, fetch."""

from __future__ import annotations

import csv
import os
import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

import numpy as np
import pytest

from dlcore.__main__ import main
from dlcore.lessons import from_line, to_line
from dlcore.specs import SPECS, DescentSpec
from dlcore.specs.image_sets import is_here


def printed(capsys) -> dict[str, float]:
    return {name: float(value) for name, value in (line.split() for line in capsys.readouterr().out.splitlines())}


def test_list_names_every_kind_first_in_its_line(capsys):
    assert main(["list"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == list(SPECS)


def test_run_prints_the_last_row_and_writes_history_and_script(tmp_path, capsys, elsewhere):
    table, program = tmp_path / "history.csv", tmp_path / "program.py"
    arguments = ["run", "playground", "--seed", "3", "--hidden_sizes", "3", "--n_steps", "12"]
    assert main([*arguments, "--csv", str(table), "--script", str(program)]) == 0
    last = printed(capsys)
    rows = list(csv.DictReader(table.read_text().splitlines()))
    assert len(rows) == 13
    assert {name: float(value) for name, value in rows[-1].items()} == last
    taken_home = elsewhere(program.read_text())
    assert taken_home == {name: value for name, value in last.items() if name != "step"}


def test_a_field_out_of_bounds_is_a_sentence_on_stderr(capsys):
    assert main(["run", "playground", "--learning_rate", "11"]) == 2
    assert "learning_rate" in capsys.readouterr().err


def test_a_run_that_diverges_says_so(capsys):
    bad = ["--loss", "mse", "--optimizer", "sgd", "--learning_rate", "10"]
    assert main(["run", "playground", *bad]) == 1
    assert "step" in capsys.readouterr().err


def test_warm_puts_runs_on_disk(tmp_path, monkeypatch, capsys):
    lesson = tmp_path / "lesson.txt"
    lesson.write_text("# two runs\nperceptron n_steps=5\nplayground n_steps=4 hidden_sizes=2\n")
    monkeypatch.setenv("DLCORE_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("DLCORE_EXECUTOR", "inline")
    assert main(["warm", str(lesson)]) == 0
    assert capsys.readouterr().out.count("finished") == 2
    assert len(list((tmp_path / "cache").rglob("*.npz"))) == 2


@pytest.mark.parametrize("line", ["nonsense a=1", "playground nonsense=1", "playground noise=9"])
def test_warm_names_what_it_does_not_understand(line, tmp_path, capsys, monkeypatch):
    (tmp_path / "lesson.txt").write_text(line)
    monkeypatch.setenv("DLCORE_EXECUTOR", "inline")
    monkeypatch.setenv("DLCORE_CACHE_DIR", str(tmp_path / "cache"))
    assert main(["warm", str(tmp_path / "lesson.txt")]) == 2
    assert capsys.readouterr().err


def test_warm_names_a_lesson_that_is_not_there(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("DLCORE_EXECUTOR", "inline")
    monkeypatch.setenv("DLCORE_CACHE_DIR", str(tmp_path / "cache"))
    assert main(["warm", "playground noise=1"]) == 2  # a line of a lesson, but not a file
    assert capsys.readouterr().err == "no_lesson: value='playground noise=1'\n"


def test_a_spec_survives_its_line():
    for spec_class in SPECS.values():
        spec = spec_class(n_steps=spec_class().n_steps, seed=3)
        assert from_line(to_line(spec)) == spec
    spec = SPECS["cnn"](layers="conv 4 3 p1-relu-flatten-linear 10").replace(edits=((3, "learning_rate", 0.02),))
    assert from_line(to_line(spec)) == spec


def test_warm_takes_links_and_the_page_then_opens_with_finished_runs(tmp_path, monkeypatch, capsys):
    link = "https://course.example/losses?tab=descent&d.n_steps=20&d.landscape=rosenbrock&lang=zh"
    monkeypatch.setenv("DLCORE_CACHE_DIR", str(tmp_path))
    monkeypatch.setenv("DLCORE_EXECUTOR", "inline")
    assert main(["warm", link, link]) == 0
    assert capsys.readouterr().out.splitlines() == [f"finished {DescentSpec(n_steps=20, landscape='rosenbrock').key}"]
    assert main(["warm", "https://course.example/nothing"]) == 2
    assert "no page of the course" in capsys.readouterr().err


@pytest.mark.parametrize(("missing", "status"), [("", 0), ("workers", 1)])
def test_ready_asks_the_server(missing, status, capsys):
    class Answer(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(503 if missing else 200)
            self.end_headers()
            self.wfile.write((missing or "ready").encode())

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        assert main(["ready", f"http://127.0.0.1:{server.server_port}"]) == status
        server.shutdown()
    assert capsys.readouterr().out.strip() == ("not ready: workers" if missing else "ready")


def test_nobody_waits_for_a_process_that_has_ended():
    ended = subprocess.Popen(["true"])
    ended.wait()
    start = time.monotonic()
    assert main(["ready", "http://127.0.0.1:9", "--wait", "3600", "--while", str(ended.pid)]) == 1
    assert main(["ready", "http://127.0.0.1:9", "--wait", "1", "--while", str(os.getpid())]) == 1
    assert time.monotonic() - start >= 1


def test_a_server_that_is_not_there_is_not_ready(capsys):
    assert main(["ready", "http://127.0.0.1:9", "--wait", "0.1"]) == 1
    assert "no answer" in capsys.readouterr().out


def test_fetch_keeps_what_it_gets_and_says_when_it_gets_nothing(tmp_path, monkeypatch, capsys):
    x, y = np.zeros((4, 1, 28, 28), np.uint8), np.arange(4)
    monkeypatch.setenv("DLCORE_DATA_DIR", str(tmp_path))
    monkeypatch.setattr("dlcore.__main__.fetch_images", lambda name: (x, y))
    assert main(["fetch", "mnist_full"]) == 0
    assert "CC BY-SA 3.0" in capsys.readouterr().out
    assert is_here("mnist_full")

    def fail(name):
        raise OSError("no route")

    monkeypatch.setattr("dlcore.__main__.fetch_images", fail)
    assert main(["fetch", "fashion_mnist"]) == 1
    assert "no route" in capsys.readouterr().err
    assert not is_here("fashion_mnist")
