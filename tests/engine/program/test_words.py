"""Differences in sentences: courses by title, words as they were and as they are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathloom.engine.program.content import (
    Content,
    CredentialContent,
    EntryContent,
    EvidenceContent,
    StandardContent,
    StepContent,
    SubjectRow,
)
from pathloom.engine.program.diff import diff
from pathloom.engine.program.lines import Sheet
from pathloom.engine.program.words import sentences
from tests.engine.program.drawn import changed, sheets

TITLES = {"FET": "Foundations", "ENG": "Concepts", "LIT": "Literature", "AP": "AP Literature"}
STEP = StepContent(("FET",), 9, key="first")
BASE = Sheet(
    "Robots",
    Content(
        (STEP,),
        rows=(SubjectRow("english", {"9": ("LIT",)}),),
        credentials=(CredentialContent("Welder", key="welder"),),
    ),
    "We build.",
)


def said(**parts: object) -> list[str]:
    sheet = replace(BASE, content=replace(BASE.content, **parts))
    return list(sentences(diff(BASE, sheet), TITLES))


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ({"steps": (replace(STEP, courses=("FET", "ENG")),)},
         "Grade 9: Foundations became Foundations or Concepts."),
        ({"steps": (replace(STEP, grade=10),)}, "Grade 10: Foundations moved here from grade 9."),
        ({"steps": (replace(STEP, required=False),)},
         "Grade 9: Foundations need not be taken any more."),
        ({"steps": (replace(STEP, standards=(StandardContent("S-1", "Saw"),)),)},
         "Grade 9: Foundations: standards: S-1 Saw was added."),
        ({"steps": ()}, "Grade 9: Foundations was taken out."),
        ({"rows": (SubjectRow("english", {"9": ("AP",)}),)},
         "English in grade 9: Literature became AP Literature."),
        ({"rows": (SubjectRow("english", {"9": ("LIT",), "10": ("AP",)}),)},
         "English in grade 10: AP Literature was added."),
        ({"credentials": (CredentialContent("Joiner", key="welder"),)},
         "Credential “Welder” is called “Joiner” now."),
        ({"credentials": (CredentialContent("Welder", key="welder", issuer="Moss"),)},
         "Credential “Welder”: who gives it is “Moss” now; it said nothing before."),
        ({"partners": ("Moss Works",)}, "Partner “Moss Works” was added."),
        ({"entries": (EntryContent(9, "All may."),)}, "Way in, grade 9 was added (“All may.”)."),
        ({"evidence": (EvidenceContent("industry", "A board."),)},
         "Evidence of industry was added (“A board.”)."),
        ({"words": {"es": {"We build.": "Construimos."}}},
         "Translation of “We build.” was added (“Construimos.”)."),
    ],
)  # fmt: skip
def test_a_change_is_said(parts: dict[str, object], sentence: str) -> None:
    assert said(**parts) == [sentence]


def test_a_new_title_is_said() -> None:
    changes = diff(BASE, replace(BASE, title="Drones"))
    assert sentences(changes, TITLES) == ("The title was “Robots”, now it is “Drones”.",)


@given(st.data())
def test_every_change_is_said_in_sentences(data: st.DataObject) -> None:
    old = data.draw(sheets())
    new = data.draw(changed(old))
    changes = diff(old, new)
    found = sentences(changes, TITLES)
    assert len(found) >= len(changes)
    assert all(each.endswith(".") for each in found)
