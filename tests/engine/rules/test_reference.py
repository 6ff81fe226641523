"""The reference of the rule language says every keyword, and is the one that is committed."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from pathloom.engine.rules.keywords import MEANINGS
from pathloom.engine.rules.load import PACKAGED
from pathloom.engine.rules.reference import reference
from pathloom.engine.rules.sheets import line_of
from pathloom.engine.rules.syntax import keywords

PAGE = Path(__file__).resolve().parents[3] / "docs" / "reference" / "rules.md"
DEMO = "\n".join(
    path.read_text(encoding="utf-8") for path in sorted(PACKAGED.glob("us-demo*/*.yaml"))
)


@cache
def entries() -> dict[str, str]:
    parts = re.split(r"^## (\w+)$", reference(), flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def test_the_committed_reference_is_the_one_that_is_made() -> None:
    assert PAGE.read_text(encoding="utf-8") == reference()


def test_every_keyword_has_an_entry_and_no_entry_is_left_over() -> None:
    assert set(entries()) == set(MEANINGS)
    assert keywords() <= set(entries())


@pytest.mark.parametrize("keyword", sorted(MEANINGS))
def test_an_entry_says_meaning_value_example_and_audit(keyword: str) -> None:
    entry = entries()[keyword]
    meaning, audit = MEANINGS[keyword]

    assert meaning in entry
    assert f"In an audit: {audit}" in entry
    assert "- in " in entry
    example = entry.partition("```yaml\n")[2].partition("```")[0]
    assert re.search(rf"\b{keyword}:", example)
    shown = [line.strip() for line in example.splitlines() if line.strip() != "# ..."]
    assert all(line in DEMO for line in shown)


def test_the_lines_of_students_that_the_reference_shows_can_be_read() -> None:
    text = reference().partition("  core: |\n")[2].partition("```")[0]
    lines = [line_of(line.strip()) for line in text.splitlines()]

    assert len(lines) == 8
