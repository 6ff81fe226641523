"""Sheets of programs of study for properties: few lines with few words, so that they collide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from pathloom.engine.program.lines import PARTS, Line, Sheet, free_key, keyed, lines_of, sheet_of

WORDS = st.sampled_from(("", "a", "b", "Uno", "d e"))
CODES = st.lists(st.sampled_from(("ENG", "ART", "BIO")), max_size=2, unique=True)
GRADE = st.sampled_from((9, 10))
FIELDS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "steps": st.fixed_dictionaries({"courses": CODES, "grade": GRADE}),
    "credentials": st.fixed_dictionaries({"title": WORDS}, optional={"issuer": WORDS}),
    "sources": st.fixed_dictionaries({"title": WORDS}, optional={"read_on": WORDS}),
    "partners": st.fixed_dictionaries({"text": WORDS}),
    "rows": st.fixed_dictionaries(
        {"subject": st.sampled_from(("english", "science"))},
        optional={"9": CODES, "10": CODES},
    ),
}


def sheet_with(lines: list[Line]) -> Sheet:
    """A sheet as it comes back from its lines, which is how every sheet is kept.

    A line without a key is nothing but its partner or its subject: of two that say the same
    nobody can tell which is which.
    """
    order = list(PARTS)
    names = [line.fields.get("text") or line.fields.get("subject") for line in lines]
    apart = [
        line
        for place, line in enumerate(lines)
        if line.part not in ("partners", "rows") or names[place] not in names[:place]
    ]
    return keyed(sheet_of(sorted(apart, key=lambda line: order.index(line.part))))


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    """A small sheet."""
    lines = [Line("about", "about", {"title": draw(WORDS), "summary": draw(WORDS)})]
    for part, fields in FIELDS.items():
        for each in draw(st.lists(fields, max_size=3)):
            taken = {line.key for line in lines if line.part == part}
            lines.append(Line(part, free_key(part, each, taken), each))
    return sheet_with(lines)


@st.composite
def changed(draw: st.DrawFn, sheet: Sheet, parts: Sequence[str] = tuple(FIELDS)) -> Sheet:
    """The sheet after a few lines of some parts were changed, removed, added and moved."""
    lines = list(lines_of(sheet))
    for _ in range(draw(st.integers(0, 4))):
        part = draw(st.sampled_from(parts))
        here = [line for line in lines if line.part == part]
        what = draw(st.sampled_from(("add", "change", "remove", "move")))
        if what == "add":
            fields = draw(FIELDS[part])
            key = free_key(part, fields, {line.key for line in here})
            lines.append(Line(part, key, fields))
        elif here:
            line = draw(st.sampled_from(here))
            place = lines.index(line)
            del lines[place]
            if what == "change":
                lines.insert(place, Line(part, line.key, draw(FIELDS[part])))
            if what == "move":
                lines.append(line)
    if draw(st.booleans()):
        about = {"title": draw(WORDS), "summary": draw(WORDS)}
        lines = [Line("about", "about", about), *lines[1:]]
    return sheet_with(lines)
