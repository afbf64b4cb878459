"""The dependency audit of `make check`: `python deploy/audit.py`. It needs no network and says what it did not look at.

It fails when an installed package lacks what it needs, when a requirement is not pinned to one version, when the
versions that are installed are not those of constraints.txt, which were tested together, or when one of them is older
than the version that mended a published fault (`MENDED`). It cannot know of faults published after `AS_OF`:
`make audit`, which is `--ask`, asks the advisory service for those, through pip-audit; where that cannot be reached it
says so and does not fail. `--ask NAME…` asks about these alone. `--write` writes constraints.txt anew.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, distribution, version
from pathlib import Path

from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).parents[1]
CONSTRAINTS = ROOT / "constraints.txt"
HEAD = "# All that the server runs on, as tested together: pip install -c constraints.txt -r requirements.txt\n"
AS_OF = "2025-12"
UNKNOWN = f"NOTHING IS KNOWN of faults since {AS_OF}"
MENDED = {  # package → (the first version without the fault, the fault)
    "authlib": ("1.6.5", "CVE-2025-61920"),
    "certifi": ("2024.7.4", "CVE-2024-39689"),
    "cryptography": ("44.0.1", "CVE-2024-12797"),
    "distributed": ("2021.10.0", "CVE-2021-42343"),
    "filelock": ("3.20.1", "CVE-2025-68146"),
    "fonttools": ("4.60.2", "CVE-2025-66034"),
    "h11": ("0.16.0", "CVE-2025-43859"),
    "idna": ("3.7", "CVE-2024-3651"),
    "jinja2": ("3.1.6", "CVE-2025-27516"),
    "joblib": ("1.2.0", "CVE-2022-21797"),
    "pillow": ("11.3.0", "CVE-2025-48379"),
    "protobuf": ("6.31.1", "CVE-2025-4565"),
    "pyarrow": ("14.0.1", "CVE-2023-47248"),
    "python-multipart": ("0.0.18", "CVE-2024-53981"),
    "pyyaml": ("5.4", "CVE-2020-14343"),
    "requests": ("2.32.4", "CVE-2024-47081"),
    "scikit-learn": ("1.5.0", "CVE-2024-5206"),
    "setuptools": ("78.1.1", "CVE-2025-47273"),
    "starlette": ("0.49.1", "CVE-2025-62727"),
    "streamlit": ("1.37.0", "CVE-2024-42474"),
    "torch": ("2.6.0", "CVE-2025-32434"),
    "tornado": ("6.5", "CVE-2025-47287"),
    "urllib3": ("2.6.0", "CVE-2025-66418"),
    "zipp": ("3.19.1", "CVE-2024-5569"),
}


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def asked_for() -> list[Requirement]:
    """What requirements.txt and the extras of pyproject.toml name."""
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    named = [line.partition("#")[0].strip() for line in lines]
    return [Requirement(line) for line in [*named, *(line for extra in extras.values() for line in extra)] if line]


def closure(wanted: Iterable[Requirement]) -> dict[str, str]:
    """Package → installed version, for these and all that they need here; what is not installed is left out."""
    found: dict[str, str] = {}
    waiting = list(wanted)
    while waiting:
        requirement = waiting.pop()
        name = plain(requirement.name)
        if name in found:
            continue
        try:
            found[name] = version(name).partition("+")[0]  # +cpu and the like are builds of one version
        except PackageNotFoundError:
            continue
        waiting += _needs(requirement)
    return dict(sorted(found.items()))


def _needs(requirement: Requirement) -> Iterator[Requirement]:
    for text in distribution(requirement.name).requires or []:
        needed = Requirement(text)
        if needed.marker is None or any(
            needed.marker.evaluate({"extra": extra}) for extra in ("", *requirement.extras)
        ):
            yield needed


def problems() -> list[str]:
    """One sentence for each thing that is wrong."""
    wanted, known = asked_for(), _read_constraints()
    here = closure(wanted)
    loose = [str(one) for one in wanted if not re.fullmatch(r"==[\w.]+", str(one.specifier))]
    other = [
        f"{name} {there} is installed, {known.get(name)} was tested"
        for name, there in here.items()
        if _differs(name, there, known)
    ]
    old = [
        f"{name} {here[name]} is older than {mended}, which mended {fault}"
        for name, (mended, fault) in MENDED.items()
        if name in here and Version(here[name]) < Version(mended)
    ]
    check = subprocess.run([sys.executable, "-m", "pip", "check"], capture_output=True, text=True)
    broken = check.stdout.splitlines() if check.returncode else []
    return [*(f"{one} is not pinned" for one in loose), *other, *old, *broken]


def _differs(name: str, there: str, known: dict[str, str]) -> bool:
    """What only a GPU build of torch brings is not in the list."""
    return there != known.get(name) and not name.startswith(("nvidia-", "triton", "cuda-"))


def _read_constraints() -> dict[str, str]:
    lines = CONSTRAINTS.read_text(encoding="utf-8").splitlines() if CONSTRAINTS.exists() else []
    return dict(line.split("==") for line in lines if "==" in line)  # type: ignore[misc]


def ask_service(names: list[str]) -> tuple[list[str], str]:
    """What the service knows against our versions of these packages (none: all), and what was asked, in words."""
    lines = [f"{name}=={there}\n" for name, there in _read_constraints().items() if name in names or not names]
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.writelines(lines)
        file.flush()
        options = ("--disable-pip", "--no-deps", "--progress-spinner", "off", "--format", "json", "-r", file.name)
        done = subprocess.run([sys.executable, "-m", "pip_audit", *options], capture_output=True, text=True)
    try:
        answers = json.loads(done.stdout)["dependencies"]
    except ValueError:
        reason = (done.stderr.strip().splitlines() or ["no answer"])[-1]
        return [], f"the advisory service could not be asked: {UNKNOWN} ({reason[:100]})"
    faults = [f"{one['name']} {one['version']}: {fault['id']}" for one in answers for fault in one.get("vulns", [])]
    skipped = [one["skip_reason"] for one in answers if "skip_reason" in one]
    if len(skipped) == len(answers):
        return (
            [],
            f"the advisory service did not answer: {UNKNOWN} ({skipped[0][:100] if skipped else 'no such package'})",
        )
    return faults, f"the advisory service answered for {len(answers) - len(skipped)} of {len(lines)} packages"


def main() -> int:
    options = sys.argv[1:]
    if "--write" in options:
        lines = [f"{name}=={there}\n" for name, there in closure(asked_for()).items()]
        CONSTRAINTS.write_text(HEAD + "".join(lines), encoding="utf-8")
    found, asked = problems(), "the advisory service was not asked (make audit)"
    if "--ask" in options:
        faults, asked = ask_service([name for name in options if not name.startswith("-")])
        found += faults
    print(*found, sep="\n", end="\n" if found else "")
    known = f"{len(_read_constraints())} packages, {len(MENDED)} faults known in {AS_OF}"
    print(f"audit: {len(found)} problems among {known}; {asked}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
