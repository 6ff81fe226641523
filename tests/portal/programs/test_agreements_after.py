"""How programs go on after grade 12 and who pays: written in forms, checked, undone, shown."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.plugin import DjangoDbBlocker

from pathloom.engine.catalog import CollegeTerm, Continuation, Institution
from pathloom.engine.catalog.agreements import Citation, CollegeCourse, Funding
from pathloom.portal.core.models import Event
from pathloom.portal.plans.actions import start_plan
from pathloom.portal.programs.actions import agreements as actions
from pathloom.portal.programs.forms.continuations import ContinuationForm, FundingForm
from pathloom.portal.programs.presenters.agreement_changes import differences
from pathloom.portal.programs.presenters.continuation_form import (
    TERMS,
    continuation_values,
    funding_values,
    said_continuation,
    said_funding,
)
from pathloom.portal.programs.queries.agreements import seen_hash
from pathloom.portal.programs.snapshot import AGREEMENTS, agreements_in
from tests.portal.once import made_once
from tests.portal.programs.agreeing import DRAFT, agreed, begun, draft, send, visitor, words
from tests.portal.programs.test_agreements import CONTENT
from tests.portal.records.cast import TODAY, Cast

COURSES = [
    {"code": "ENG 1", "title": "Engineering", "hours": 3},
    {"code": "ENG 10", "title": "Machines", "hours": 4},
    {"code": "MAT 5", "title": "Numbers: an Introduction", "hours": 2.5},
]
HELD = CONTENT | {
    "institutions": [CONTENT["institutions"][0] | {"courses": COURSES}],
}
ADD = f"{DRAFT}colleges/fern/programs/"
TECH = f"{ADD}tech/"
NEW = {
    "program": "tech",
    "credential": "Associate Degree in Technology",
    "year_1_fall": "eng 1\nENG 10: Machines",
    "year_2_spring": "MAT 5",
    "source_url": "https://fern.example/tech",
    "read_on": "2026-09-01",
}
PAID = {
    "title": "State Fund",
    "hours": "30",
    "per_term": "15",
    "source_url": "https://state.example/fund",
    "read_on": "2026-09-01",
}
SOURCE = Citation("https://fern.example/", date(2026, 9, 1))

codes = st.from_regex(r"[A-Z]{2,4} ?[0-9]{1,4}[A-Z]?", fullmatch=True)
titles = st.from_regex(r"[A-Za-zé<>&\"',.:()-][A-Za-zé0-9 <>&\"',.:()-]{0,30}[a-z]", fullmatch=True)
hours = st.integers(1, 400).map(lambda quarters: quarters * 25)


@st.composite
def colleges(draw: st.DrawFn) -> tuple[Institution, Continuation]:
    """A college, and a program that goes on there as the checks allow it."""
    known = draw(st.lists(codes, min_size=1, max_size=12, unique_by=str.casefold))
    courses = tuple(CollegeCourse(code, draw(titles), draw(hours)) for code in known)
    named = draw(st.permutations(known))[: draw(st.integers(1, len(known)))]
    places = [draw(st.integers(0, len(TERMS) - 1)) for _code in named]
    terms = tuple(
        CollegeTerm(
            year, part, tuple(code for code, at in zip(named, places, strict=True) if at == n)
        )
        for n, (year, part) in enumerate(TERMS)
        if n in places
    )
    college = Institution("fern", "Fern College", courses)
    return college, Continuation("tech", "fern", draw(titles), terms, SOURCE)


@given(written=colleges())
def test_what_the_form_shows_of_a_program_is_what_it_saves(
    written: tuple[Institution, Continuation],
) -> None:
    college, each = written
    form = ContinuationForm(
        {"seen": "x", **continuation_values(each, college)}, programs=[("tech", "Technology")]
    )
    assert form.is_valid(), form.errors
    assert said_continuation(form.cleaned_data, college) == each


@given(title=titles, in_all=st.integers(100, 9900), most=st.none() | st.integers(100, 9900))
def test_what_the_form_shows_of_who_pays_is_what_it_saves(
    title: str, in_all: int, most: int | None
) -> None:
    funding = Funding(title, in_all, SOURCE, most)
    shown = {name: value for name, value in funding_values(funding).items() if value is not None}
    form = FundingForm({"seen": "x", **shown})
    assert form.is_valid(), form.errors
    assert said_funding(form.cleaned_data) == funding


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    """Everybody, once; each test writes on top of it."""
    with made_once(lambda: agreed(HELD), django_db_blocker) as cast:
        yield cast


@pytest.fixture
def cast(made: Cast, db: None) -> Cast:
    return deepcopy(made)


@pytest.fixture
def pia(cast: Cast) -> Client:
    return begun(cast)


def terms() -> list[tuple[int, str, tuple[str, ...]]]:
    (each,) = agreements_in(draft()).programs
    return [(term.year, str(term.part), term.courses) for term in each.terms]


def test_a_program_is_added_changed_taken_out_and_brought_back(pia: Client) -> None:
    assert "Technology at Fern College was added." in words(send(pia, ADD, **NEW))
    assert terms() == [(1, "fall", ("ENG 1", "ENG 10")), (2, "spring", ("MAT 5",))]
    shown = words(pia.get(DRAFT))
    assert "Associate Degree in Technology , Fern College 2 terms, 9.5 hours" in shown.replace(
        "Technology,", "Technology ,"
    )
    assert (
        "+ Added Technology goes on at Fern College, Associate Degree in Technology, "
        "First year, fall: ENG 1 + ENG 10, Second year, spring: MAT 5" in shown
    )

    page = pia.get(TECH)
    assert page.context["form"].initial["year_1_fall"] == "ENG 1: Engineering\nENG 10: Machines"
    said = words(send(pia, TECH, **(NEW | {"year_2_spring": "", "year_1_summer": "MAT 5"})))
    assert "Technology at Fern College was changed." in said
    assert terms()[1] == (1, "summer", ("MAT 5",))

    gone = words(send(pia, f"{TECH}remove/"))
    assert "Undo: Technology at Fern College was taken out." in gone
    assert draft().content["programs"] == []
    assert "Undone: Technology at Fern College was taken out." in words(send(pia, f"{DRAFT}undo/"))
    assert terms()[1] == (1, "summer", ("MAT 5",))
    assert Event.objects.latest("number").data["what"].startswith("Undone: ")


def test_only_the_last_change_is_undone_and_only_once(pia: Client) -> None:
    assert "There is nothing to undo." in words(send(pia, f"{DRAFT}undo/"))
    send(pia, ADD, **NEW)
    send(pia, f"{DRAFT}edit/eng/remove/")
    send(pia, f"{DRAFT}undo/")
    assert [each["id"] for each in draft().content["agreements"]] == ["eng"]
    assert "There is nothing to undo." in words(send(pia, f"{DRAFT}undo/"))
    assert len(terms()) == 2


def test_nothing_is_undone_that_was_not_on_the_page(cast: Cast, pia: Client) -> None:
    before = {"seen": seen_hash(draft())}
    send(pia, ADD, **NEW)
    assert pia.post(f"{DRAFT}undo/", before).status_code == 409
    assert "Only Pia, who wrote" in words(send(visitor(cast, "tess"), f"{DRAFT}undo/"))
    assert len(terms()) == 2


@pytest.mark.parametrize(
    ("changed", "field", "said"),
    [
        (
            {"year_1_fall": "ENG 11"},
            "year_1_fall",
            "which is no course of Fern College. Did you mean",
        ),
        ({"year_2_spring": "ENG 1"}, "year_2_spring", "'ENG 1' stands there twice"),
        ({"year_2_spring": "MAT 5\nmat  5"}, "year_2_spring", "'MAT 5' stands there twice"),
        (
            {"year_1_fall": "", "year_2_spring": ""},
            "year_1_fall",
            "has no terms. List at least one.",
        ),
        (
            {"year_1_fall": "<b>ENG 1</b>"},
            "year_1_fall",
            "names '<b>ENG 1</b>', which is no course",
        ),
        ({"program": "other"}, "program", "Select a valid choice."),
        ({"credential": "  "}, "credential", "This field is required."),
        ({"credential": "A" * 200}, "credential", "at most 120 characters"),
        ({"source_url": ""}, "source_url", "This field is required."),
        ({"source_url": "ftp://fern.example/"}, "source_url", "begins with https://"),
        ({"read_on": ""}, "read_on", "This field is required."),
        ({"read_on": "2999-01-01"}, "read_on", "This day has not come yet."),
    ],
)
def test_a_mistake_is_said_at_its_field_and_nothing_is_saved(
    pia: Client, changed: dict[str, str], field: str, said: str
) -> None:
    answer = send(pia, ADD, **(NEW | changed))
    assert answer.status_code == 422
    assert said in " ".join(answer.context["form"].errors[field])
    assert said in words(answer)
    assert "<b>ENG" not in answer.content.decode()
    assert "programs" not in draft().content


def test_a_program_goes_on_at_a_college_once(pia: Client) -> None:
    send(pia, ADD, **NEW)
    answer = send(pia, ADD, **NEW)
    assert "goes on at Fern College twice" in " ".join(answer.context["form"].errors["program"])
    assert len(agreements_in(draft()).programs) == 1


def test_html_of_a_credential_is_text_everywhere(pia: Client) -> None:
    send(pia, ADD, **(NEW | {"credential": "<i>Degree</i>"}))
    for address in (DRAFT, TECH, f"{DRAFT}colleges/fern/"):
        shown = pia.get(address).content.decode()
        assert "&lt;i&gt;Degree" in shown
        assert "<i>Degree" not in shown


def test_a_course_that_a_program_names_stays_at_the_college(pia: Client) -> None:
    send(pia, ADD, **NEW)
    assert send(pia, f"{DRAFT}colleges/fern/drop/", code="MAT 5").status_code == 404
    assert "Technology" in words(pia.get(f"{DRAFT}colleges/fern/"))


def test_a_form_without_what_it_needs_says_what_comes_first(cast: Cast, pia: Client) -> None:
    send(pia, f"{DRAFT}colleges/add/", title="Moss College")
    moss = f"{DRAFT}colleges/moss-college/programs/"
    assert "This college has no courses yet." in words(pia.get(moss))
    assert pia.get(f"{moss}tech/").status_code == 404
    assert pia.get(f"{DRAFT}colleges/none/programs/").status_code == 404
    assert send(pia, f"{moss}tech/remove/").status_code == 404
    zia = visitor(cast, "zia")
    zia.post("/agreements/start/")
    zia.post("/agreements/1/colleges/add/", {"title": "Moss", "seen": _first_seen(cast)})
    assert "No program of study is published yet." in words(
        zia.get("/agreements/1/colleges/moss/programs/")
    )


def _first_seen(cast: Cast) -> str:
    return seen_hash(actions.open_agreements(cast.other_district.pk))  # type: ignore[arg-type]


def test_who_pays_is_written_changed_taken_out_and_brought_back(pia: Client) -> None:
    assert "State Fund pays for dual credit." in words(send(pia, f"{DRAFT}funding/", **PAID))
    shown = words(pia.get(DRAFT))
    assert "State Fund: 30 hours in all, at most 15 in a term" in shown
    assert "+ Added Dual credit is paid by State Fund, 30 hours in all" in shown
    send(pia, f"{DRAFT}funding/", **(PAID | {"per_term": ""}))
    assert "State Fund: 30 hours in all (" in words(pia.get(DRAFT))
    assert "State Fund was taken out." in words(send(pia, f"{DRAFT}funding/remove/"))
    assert "Nobody is named." in words(pia.get(DRAFT))
    assert send(pia, f"{DRAFT}funding/remove/").status_code == 404
    send(pia, f"{DRAFT}undo/")
    assert agreements_in(draft()).funding == Funding(
        "State Fund", 3000, Citation(PAID["source_url"], date(2026, 9, 1))
    )


@pytest.mark.parametrize(
    ("changed", "field", "said"),
    [
        ({"hours": "-3"}, "hours", "greater than or equal to 1"),
        ({"hours": "0"}, "hours", "greater than or equal to 1"),
        ({"hours": ""}, "hours", "This field is required."),
        ({"per_term": "31"}, "per_term", "More hours are paid for in a term than in all."),
        ({"title": "F" * 200}, "title", "at most 120 characters"),
        ({"source_url": ""}, "source_url", "This field is required."),
        ({"source_url": "ftp://state.example/"}, "source_url", "begins with https://"),
        ({"read_on": ""}, "read_on", "This field is required."),
    ],
)
def test_who_pays_is_refused_at_the_field_that_is_wrong(
    pia: Client, changed: dict[str, str], field: str, said: str
) -> None:
    answer = send(pia, f"{DRAFT}funding/", **(PAID | changed))
    assert answer.status_code == 422
    assert said in " ".join(answer.context["form"].errors[field])
    assert draft().content.get("funding") is None


@pytest.mark.parametrize("address", [ADD, f"{DRAFT}funding/"])
def test_nobody_but_the_author_writes_here(cast: Cast, pia: Client, address: str) -> None:
    fields: dict[str, Any] = NEW if address == ADD else PAID
    assert "Only Pia, who wrote" in words(send(visitor(cast, "dana"), address, **fields))
    assert visitor(cast, "gail").get(address).status_code == 404
    assert visitor(cast, "zora").get(address).status_code == 404
    assert draft().content == HELD


def test_a_review_reads_what_is_said_otherwise_of_a_program() -> None:
    way = {
        "program": "tech",
        "institution": "fern",
        "credential": "Certificate",
        "source": {"url": "https://fern.example/", "read_on": "2026-09-01"},
        "terms": [{"year": 1, "part": "fall", "courses": ["ENG 1"]}],
    }
    fuller = way | {"terms": [{"year": 1, "part": "fall", "courses": ["ENG 1", "MAT 5"]}]}
    old, new = (AGREEMENTS.validate_python(HELD | {"programs": [one]}) for one in (way, fuller))
    (found,) = differences(old, new, titles={}, programs={"tech": "Technology"})
    assert found["words"] == (
        "Technology goes on at Fern College, First year, fall: ENG 1 + MAT 5 "
        "(before: First year, fall: ENG 1)"
    )


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"term_months": 4}, "Fern College, 4 months in a term (not said before)"),
        ({"accepts": 30}, "Fern College, takes over at most 30 hours (not said before)"),
        (
            {"courses": [COURSES[0], COURSES[1] | {"hours": 3}, COURSES[2]]},
            "Fern College, ENG 10 Machines (3 hours) (before: ENG 10 Machines (4 hours))",
        ),
    ],
)
def test_a_review_reads_what_is_said_otherwise_of_a_college(
    changed: dict[str, Any], said: str
) -> None:
    college = HELD["institutions"][0]
    old, new = (
        AGREEMENTS.validate_python(HELD | {"institutions": [one]})
        for one in (college, college | changed)
    )
    (found,) = differences(old, new, titles={}, programs={})
    assert found["words"] == said


def test_a_student_sees_at_college_what_was_written_in_the_form(cast: Cast, pia: Client) -> None:
    start_plan(
        student=cast.student("mira"), program=cast.program, by=cast.user("mira"), as_of=TODAY
    )
    page = reverse("plans:student_college", args=[cast.students["mira"].pk])
    mira = visitor(cast, "mira")
    send(pia, ADD, **NEW)
    send(pia, f"{DRAFT}submit/")
    assert "Associate Degree" not in words(mira.get(page)), "nobody has published it"

    send(visitor(cast, "dana"), f"{DRAFT}publish/")

    shown = words(mira.get(page))
    assert "Associate Degree in Technology" in shown
    assert "Year 1 after grade 12" in shown
    assert "ENG 10" in shown
    assert "Year 2 after grade 12" in shown
    assert "2.5 hours left" in shown
    assert draft().before is None
