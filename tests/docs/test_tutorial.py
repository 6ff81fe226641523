"""The documentation is run as it stands: files are written, commands give what it shows."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PATHLOOM = Path(sys.executable).with_name("pathloom")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"^(?:#|//) file: (\S+)$")
COMMANDS_AT_LEAST = {"tutorial.md": 5, "explanation-audit.md": 2, "explanation-planner.md": 3}


def write_file(folder: Path, text: str) -> bool:
    """Write a block whose first line names its file; a block may also be another one, changed."""
    first, _, rest = text.partition("\n")
    named = FILE.match(first)
    if not named:
        return False
    changed = dict(re.findall(r"^# (like|replace|with): (.*)$", rest, re.MULTILINE))
    if changed:
        original = (folder / changed["like"]).read_text()
        assert original.count(changed["replace"]) == 1
        rest = original.replace(changed["replace"], changed["with"])
    (folder / named[1]).write_text(rest)
    return True


def run(folder: Path, line: str) -> str:
    words = shlex.split(line)
    assert words[0] == "pathloom", line
    done = subprocess.run(
        [str(PATHLOOM), *words[1:]],
        cwd=folder,
        env={"COLUMNS": "200", "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    ending = f"[exit code {done.returncode}]\n" if done.returncode else ""
    return done.stdout + done.stderr + ending


def shows(shown: str, really: str) -> bool:
    """Whether the output is what the page shows; a line ``...`` stands for any lines."""
    parts = [re.escape(part) for part in re.split(r"^\.\.\.\n", shown, flags=re.MULTILINE)]
    plain = "".join(f"{line.rstrip()}\n" for line in really.splitlines())
    return re.fullmatch("(?:.*\n)*?".join(parts), plain) is not None


@pytest.mark.parametrize("page", COMMANDS_AT_LEAST)
def test_every_box_of_a_page_is_what_really_happens(page: str, tmp_path: Path) -> None:
    commands = 0
    for language, text in BLOCK.findall((ROOT / "docs" / page).read_text()):
        if language != "console":
            assert write_file(tmp_path, text), f"a box without a file name:\n{text}"
            continue
        line, _, shown = text.partition("\n")
        really = run(tmp_path, line.removeprefix("$ "))
        assert shows(shown, really), f"{line}\nshows:\n{shown}\nreally:\n{really}"
        commands += 1
    assert commands >= COMMANDS_AT_LEAST[page]


def test_a_box_that_shows_something_else_is_found() -> None:
    assert shows("one\n...\nthree\n", "one\ntwo\nthree\n")
    assert not shows("one\nthree\n", "one\ntwo\nthree\n")
    assert not shows("one\n...\nfour\n", "one\ntwo\nthree\n")


def test_the_commands_of_the_front_page_run() -> None:
    text = (ROOT / "README.md").read_text().replace("\\\n", " ")
    lines = re.findall(r"^\.venv/bin/(pathloom .*)$", text, re.MULTILINE)
    assert len(lines) >= 2
    for line in lines:
        assert "[exit code" not in run(ROOT, line), line


def test_every_link_of_the_documentation_leads_somewhere() -> None:
    pages = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")]
    pages += sorted((ROOT / "docs").rglob("*.md"))
    dead = []
    for page in pages:
        for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text()):
            if "://" not in target and not (page.parent / target).exists():
                dead.append(f"{page.relative_to(ROOT)}: {target}")
    assert not dead, "\n".join(dead)


def test_every_command_of_make_is_listed() -> None:
    makefile = (ROOT / "Makefile").read_text()
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert phony is not None
    outside = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    listed = subprocess.run(
        ["make"], cwd=ROOT, env=outside, capture_output=True, text=True, check=True
    ).stdout
    targets = re.findall(r"^([a-z-]+):", makefile, re.MULTILINE)
    assert set(phony[1].split()) == set(targets)
    assert set(targets) == {line.split()[0] for line in listed.splitlines()}
