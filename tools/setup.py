"""Bring what the project needs onto this machine: environment, browser libraries, test programs.

Run by make with the machine's own Python, so only the standard library is used. Each step leaves a
stamp of its inputs and does nothing while they stay the same. As root, missing Debian packages are
installed; otherwise they are named and the set-up stops.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
# Python compiles what it imports, once; compiling all of it beforehand takes half of the set-up.
PIP = [
    *(VENV / "bin/python", "-m", "pip", "install"),
    *("--quiet", "--no-compile", "--disable-pip-version-check"),
]
STAMPS = ROOT / ".cache"
VENDOR = ROOT / "src/pathloom/portal/core/static/vendor"
# The pages use the web font files, the PDFs the same face as TrueType.
PDF_FONT = "@expo-google-fonts/atkinson-hyperlegible-next"
FONT = "@fontsource/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next"
COPIES = {
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    **{
        f"{FONT}-{subset}-{weight}-normal.woff2": (
            f"fonts/atkinson-hyperlegible-next-{subset}-{weight}-normal.woff2"
        )
        for subset in ("latin", "latin-ext")
        for weight in (400, 600, 700)
    },
    **{
        f"{PDF_FONT}/{style}/AtkinsonHyperlegibleNext_{style}.ttf": f"fonts/{style}.ttf"
        for style in ("400Regular", "400Regular_Italic", "600SemiBold", "700Bold")
    },
}
TEST_PROGRAMS = {
    "chromium": ("Chromium", ["/usr/bin/chromium"]),
    "libatomic1": ("a library of the browser's driver", ["/usr/lib/*/libatomic.so.1"]),
    "postgresql": ("the PostgreSQL server", ["/usr/lib/postgresql/*/bin/initdb"]),
}


def stop(what: str, fix: str) -> None:
    sys.exit(f"set-up: {what}. {fix}")


def command(words: Sequence[object], *, why: str) -> None:
    """Run a command quietly; show its output only when it fails."""
    done = subprocess.run(
        [str(word) for word in words],
        cwd=ROOT,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if done.returncode != 0:
        print(done.stdout, file=sys.stderr)
        stop(f"{why} failed ({' '.join(map(str, words[:4]))} …)", "The lines above say why.")


def fingerprint(*files: Path) -> str:
    digest = hashlib.sha256(sys.version.encode())
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def is_done(step: str, mark: str) -> bool:
    stamp = STAMPS / f"{step}.stamp"
    return stamp.exists() and stamp.read_text() == mark


def done(step: str, mark: str) -> None:
    STAMPS.mkdir(exist_ok=True)
    (STAMPS / f"{step}.stamp").write_text(mark)


def debian_package(name: str, *, brings: str) -> None:
    """Install a Debian package as root; otherwise name it and stop."""
    if os.geteuid() != 0:
        stop(f"{brings} is missing", f"Install it: apt-get install {name}")
    if shutil.which("apt-get") is None:
        stop(f"{brings} is missing and there is no apt-get", f"Install the package {name}.")
    print(f"set-up: installing {name} ({brings}) …", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update"], ["install", "-y", "--no-install-recommends", name]):
        result = subprocess.run(
            ["apt-get", "-qq", *words],
            env=environment,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        if result.returncode != 0:
            print(result.stdout, file=sys.stderr)
            stop(f"apt-get {words[0]} failed", f"Install the package {name} by hand.")


def environment(kind: str) -> None:
    """Make .venv from the locked requirements of ``kind`` (run or test; test contains run)."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this is the message for a machine that has less
        stop(f"Python {sys.version.split()[0]} is too old", "Install Python 3.11 or newer.")
    kinds = {"run": ("run", "test"), "test": ("test",)}[kind]
    marks = {
        name: fingerprint(ROOT / f"requirements/{name}.txt", ROOT / "pyproject.toml")
        for name in kinds
    }
    python = VENV / "bin/python"
    if python.exists() and any(is_done(f"environment-{name}", marks[name]) for name in kinds):
        return
    if importlib.util.find_spec("ensurepip") is None:
        debian_package("python3-venv", brings="the venv module of Python")
    print(f"set-up: making .venv from requirements/{kind}.txt …", flush=True)
    if not python.exists():
        command([sys.executable, "-m", "venv", VENV], why="making the environment")
    command(
        [*PIP, "--require-hashes", "-r", f"requirements/{kind}.txt"],
        why="installing the locked requirements",
    )
    command([*PIP, "--no-deps", "--editable", "."], why="installing pathloom")
    done(f"environment-{kind}", marks[kind])


def npm() -> list[object]:
    """The machine's npm, or the one of the Node wheel from PyPI."""
    found = shutil.which("npm")
    if found:
        return [found]
    print("set-up: no npm on this machine, taking Node from PyPI …", flush=True)
    command([*PIP, "--require-hashes", "-r", "requirements/node.txt"], why="installing Node")
    return [VENV / "bin/npm"]


def browser_libraries() -> None:
    """Bring the libraries of package-lock.json and copy the files the pages use."""
    mark = fingerprint(ROOT / "package-lock.json", Path(__file__))
    if VENDOR.exists() and is_done("browser", mark):
        return
    print("set-up: bringing the browser libraries …", flush=True)
    program = npm()
    os.environ["PATH"] = f"{Path(str(program[0])).parent}{os.pathsep}{os.environ['PATH']}"
    command(
        [*program, "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
        why="bringing the browser libraries",
    )
    shutil.rmtree(VENDOR, ignore_errors=True)
    for source, target in COPIES.items():
        (VENDOR / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / "node_modules" / source, VENDOR / target)
    icons = VENDOR / "icons"
    icons.mkdir()
    for name in (ROOT / "tools/icons.txt").read_text().split():
        shutil.copyfile(
            ROOT / f"node_modules/bootstrap-icons/icons/{name}.svg", icons / f"{name}.svg"
        )
    done("browser", mark)


def test_programs() -> None:
    """Chromium for the journeys, the PostgreSQL server for the second database."""
    for package, (name, places) in TEST_PROGRAMS.items():
        if not any(found for place in places for found in Path("/").glob(place.lstrip("/"))):
            debian_package(package, brings=name)


def main() -> None:
    kind = sys.argv[1] if len(sys.argv) == 2 else ""
    if kind not in {"run", "test"}:
        stop("it does not know what to set up", "Call it as: setup.py run, or setup.py test.")
    environment(kind)
    browser_libraries()
    if kind == "test":
        test_programs()


if __name__ == "__main__":
    main()
