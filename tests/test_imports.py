"""What the web process imports loads neither torch nor scikit-learn."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import importlib, pathlib, sys
modules = [str(path.with_suffix("")).replace("/", ".") for path in pathlib.Path("ui").rglob("*.py")]
modules += [str(path.with_suffix("")).replace("/", ".") for path in pathlib.Path("pages").glob("*/*.py")]
for name in sorted(modules):
    importlib.import_module(name.removesuffix(".__init__"))
print([name for name in ("torch", "sklearn") if name in sys.modules])
"""


def test_the_web_process_is_light():
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
