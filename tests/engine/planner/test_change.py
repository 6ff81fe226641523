"""A change of a request is data: it does what its sentence says, and nothing else."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from pydantic import TypeAdapter

from pathloom.engine.catalog import Step
from pathloom.engine.planner.change import (
    apply,
    apply_all,
    fix_of,
    is_for_staff,
    longer,
    possible_changes,
    sentence,
)
from pathloom.engine.planner.types import Change, ChangeKind, Limit, PlanRequest, PlanTerm
from pathloom.engine.units import Part, SchoolYear, Term
from tests.engine.planner.small import F9, F10, S9, S10, at, course, request, rules, terms

Y9, U9, U10, F11 = (
    Term(SchoolYear(2026), Part.YEAR),
    Term(SchoolYear(2026), Part.SUMMER),
    Term(SchoolYear(2027), Part.SUMMER),
    Term(SchoolYear(2028), Part.FALL),
)
S11, O9 = Term(SchoolYear(2028), Part.SPRING), Term(SchoolYear(2026), Part.ONLINE)
K = ChangeKind

COURSES = (
    course("algebra", parts="fsu"),
    course("drawing", "art"),
    replace(course("health", "pe"), parts=(Part.FALL, Part.ONLINE)),
)


def asked(**more: object) -> PlanRequest:
    everything: dict[str, object] = {
        "steps": (Step(("algebra",)),),
        "ahead": terms(F9, S9, F10, S10, least=100),
        "also": (replace(rules(art=100), id="us-small/seal/2020", title="Arts Seal"),),
        "locks": at(algebra=F9, drawing=S9),
        "staff_locks": at(health=F10),
        "bans": ("drawing",),
        "staff_bans": ("health",),
        "limits": (Limit("college hours", "dual-enrollment", 600),),
        "finish": S10,
    }
    return request(COURSES, rules(math=100), **everything | more)  # type: ignore[arg-type]


SENTENCES = [
    (Change(K.UNLOCK, "algebra", F9), "Take off the lock on Algebra in fall of grade 9."),
    (
        Change(K.UNLOCK, "health", F10),
        "Ask your counselor to take off the lock on Health in fall of grade 10.",
    ),
    (Change(K.ALLOW, "drawing"), "Allow Drawing again."),
    (Change(K.ALLOW, "health"), "Ask your counselor to allow Health again."),
    (Change(K.LIGHTER), "Ask your counselor to allow terms with fewer credits."),
    (Change(K.FULLER, amount=50), "Take up to 0.5 more credits in each term."),
    (Change(K.SUMMER, term=U9), "Take a course in summer 2027."),
    (Change(K.SUMMER, "algebra", U9), "Take Algebra in summer 2027."),
    (Change(K.ONLINE, term=O9), "Take a course online in 2026-27."),
    (Change(K.LATER, term=F11), "Graduate one term later, in fall 2028."),
    (Change(K.LATER, term=S11), "Graduate one school year later, in spring 2029."),
    (Change(K.NO_FINISH), "Give up graduating early."),
    (Change(K.NO_PROGRAM), "Choose another program than Small Program, or none."),
    (Change(K.WITHOUT, "us-small/seal/2020"), "Leave out Arts Seal."),
    (Change(K.NO_LIMIT, "college hours"), "Ask your counselor to lift the limit college hours."),
]


@pytest.mark.parametrize(("change", "words"), SENTENCES, ids=lambda one: str(one)[:60])
def test_a_change_is_said_in_one_sentence(change: Change, words: str) -> None:
    assert sentence(asked(), change) == words
    assert is_for_staff(asked(), change) == words.startswith("Ask your counselor")


CHANGED = [
    (Change(K.UNLOCK, "algebra", F9), {"locks"}),
    (Change(K.UNLOCK, "health", F10), {"staff_locks"}),
    (Change(K.ALLOW, "drawing"), {"bans"}),
    (Change(K.ALLOW, "health"), {"staff_bans"}),
    (Change(K.LIGHTER), {"terms"}),
    (Change(K.FULLER, amount=50), {"terms"}),
    (Change(K.SUMMER, term=U9), {"terms", "on_time"}),
    (Change(K.ONLINE, term=O9), {"terms", "on_time"}),
    (Change(K.LATER, term=F11), {"terms", "on_time"}),
    (Change(K.NO_FINISH), {"finish"}),
    (Change(K.NO_PROGRAM), {"program"}),
    (Change(K.WITHOUT, "us-small/seal/2020"), {"also"}),
    (Change(K.NO_LIMIT, "college hours"), {"limits"}),
]


@pytest.mark.parametrize(("change", "touched"), CHANGED, ids=[str(each) for each, _ in CHANGED])
def test_a_change_touches_only_what_it_is_about(change: Change, touched: set[str]) -> None:
    before, after = asked(), apply(asked(), change)

    differ = {f.name for f in fields(before) if getattr(before, f.name) != getattr(after, f.name)}
    assert differ == touched


@pytest.mark.parametrize("change", [change for change, _ in CHANGED if change.kind is not K.FULLER])
def test_a_change_made_twice_is_made_once(change: Change) -> None:
    once = apply(asked(), change)

    assert apply(once, change) == once


@pytest.mark.parametrize("change", [change for change, _ in SENTENCES])
def test_a_change_is_read_back_as_it_was_written(change: Change) -> None:
    adapter = TypeAdapter(Change)

    assert adapter.validate_json(adapter.dump_json(change)) == change


def test_every_kind_is_offered_where_there_is_something_to_change() -> None:
    early, late = possible_changes(asked()), possible_changes(asked(finish=None))

    assert {change.kind for change in (*early, *late)} == {*K}


def test_only_what_the_catalog_offers_is_opened() -> None:
    bare = request((course("algebra"),), rules(math=100))

    assert {change.kind for change in possible_changes(bare)} == {K.FULLER, K.LATER}


def test_a_summer_after_the_early_end_is_not_offered() -> None:
    offered = [one.term for one in possible_changes(asked(finish=S9)) if one.kind is K.SUMMER]

    assert offered == []


def test_terms_that_are_added_come_late() -> None:
    later = apply_all(asked(finish=None), (Change(K.SUMMER, term=U10), Change(K.LATER, term=F11)))

    assert later.on_time == S10
    assert [entry.term for entry in later.terms] == [F9, S9, F10, S10, U10, F11]
    assert [entry.grade for entry in later.terms[-2:]] == [10, 11]


def test_a_school_year_more_is_planned_like_the_last_one() -> None:
    whole = (PlanTerm(Y9, 9, most=800), *terms(F9, S9))

    assert [entry.term for entry in longer(asked(ahead=whole), count=2).terms] == [
        Y9,
        F9,
        S9,
        Term(SchoolYear(2027), Part.YEAR),
        F10,
        S10,
    ]


def test_a_school_that_plans_by_years_adds_a_year() -> None:
    years = (PlanTerm(Y9, 12, most=800),)
    changes = possible_changes(asked(ahead=years, finish=None))
    later = next(one for one in changes if one.kind is K.LATER)

    assert later.term == Term(SchoolYear(2027), Part.YEAR)
    assert "one school year later, in spring 2028" in sentence(asked(ahead=years), later)


def test_changes_of_one_kind_are_said_together_and_those_of_staff_last() -> None:
    fix = fix_of(
        asked(),
        (
            Change(K.UNLOCK, "health", F10),
            Change(K.UNLOCK, "algebra", F9),
            Change(K.UNLOCK, "drawing", S9),
        ),
    )

    assert fix.staff
    assert fix.sentence == (
        "Take off the locks on Algebra and Drawing, and ask your counselor to take off the lock on"
        " Health in fall of grade 10."
    )


def test_a_change_that_names_no_term_is_refused() -> None:
    with pytest.raises(ValueError, match="Name the term"):
        apply(asked(), Change(K.SUMMER))
