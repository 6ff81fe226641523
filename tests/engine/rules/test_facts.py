"""What is prepared before courses are allocated: units, awards that build on each other."""

from __future__ import annotations

from datetime import date

import pytest

from pathloom.engine.errors import RecordError
from pathloom.engine.record import (
    CourseRecord,
    ExceptionKind,
    Experience,
    StaffException,
    State,
    StudentRecord,
)
from pathloom.engine.rules.facts import Prepared, prepare
from pathloom.engine.rules.nodes import Award, HasTag, Have, RuleSet
from pathloom.engine.units import Part, SchoolYear, Term

DAY = date(2026, 11, 22)


def rules(*awards: Award, carnegie_units: int = 100) -> RuleSet:
    return RuleSet(
        "x/y/1",
        "x",
        "y",
        "X",
        "draft",
        "credit",
        0,
        (),
        (),
        awards=awards,
        carnegie_units=carnegie_units,
    )


def ready(ruleset: RuleSet, *courses: CourseRecord, carnegie_units: int = 100) -> Prepared:
    record = StudentRecord(
        "s", SchoolYear(2023), tuple(reversed(courses)), carnegie_units=carnegie_units
    )
    return prepare(record, ruleset, catalog=None, as_of=DAY)


def course(name: str, tags: str, state: State = State.EARNED, year: int = 2024) -> CourseRecord:
    term = Term(SchoolYear(year), Part.FALL)
    return CourseRecord(
        name, 100, state, title=name, subject="cte", tags=frozenset(tags.split()), term=term
    )


def award(name: str, *, have: Have | None = None, when: str = "", in_total: bool = True) -> Award:
    return Award(
        name,
        HasTag(when) if when else None,
        100 if when else 0,
        name.title(),
        "",
        "math",
        frozenset({name}),
        100,
        "s",
        have=have,
        in_total=in_total,
    )


WELDING = Have(HasTag("welding"), credits=200)


def test_credit_is_put_into_the_units_of_the_rules_exactly() -> None:
    (found,) = ready(rules(carnegie_units=50), course("one", "")).records
    assert found.credits == 200
    (back,) = ready(rules(), course("one", ""), carnegie_units=50).records
    assert back.credits == 50


def test_credit_that_is_not_exact_in_those_units_is_a_mistake_of_the_record() -> None:
    with pytest.raises(RecordError) as caught:
        ready(rules(carnegie_units=300), course("one", ""), course("two", ""))
    assert str(caught.value).splitlines() == [
        f"record 's', course '{name}': 1.0 credit is no exact number of credits. "
        "Correct the credit, or carnegie_units of the record."
        for name in ("two", "one")
    ]


def test_a_completion_grants_credit_where_and_when_it_is_complete() -> None:
    first = course("first", "welding", year=2023)
    second = course("second", "welding", State.IN_PROGRESS, year=2025)
    spare = course("spare", "welding", State.PLANNED, year=2026)
    found = ready(rules(award("geometry", have=WELDING)), first, second, spare)
    (extra,) = found.awarded[""]
    assert (extra.id, extra.state, extra.term) == ("+geometry", State.IN_PROGRESS, second.term)
    assert extra in found.records


def test_what_is_not_complete_grants_nothing() -> None:
    assert not ready(rules(award("geometry", have=WELDING)), course("first", "welding")).awarded


def test_an_award_can_earn_a_later_award() -> None:
    chain = rules(award("one", when="seat"), award("two", have=Have(HasTag("one"), courses=1)))
    found = ready(chain, course("seat", "seat"))
    assert sorted(each.id for each in found.records) == ["+two", "seat", "seat+one"]


def test_of_two_ways_to_the_same_course_the_furthest_is_taken() -> None:
    same = award("algebra", when="planned"), award("algebra", when="earned")
    ways = rules(same[0], Award(**{**_fields(same[1]), "id": "other"}))
    found = ready(ways, course("a", "planned", State.PLANNED), course("b", "earned"))
    assert [each.id for each in found.records if each.id.find("+") > 0] == ["b+other"]


def _fields(each: Award) -> dict[str, object]:
    return {name: getattr(each, name) for name in Award.__slots__}


def test_what_stays_outside_the_total_is_named() -> None:
    quiet = rules(award("geometry", have=WELDING, in_total=False), award("loud", when="welding"))
    found = ready(quiet, course("1", "welding"), course("2", "welding"))
    assert found.outside_total == {"+geometry"}


def test_records_come_out_in_an_order_of_their_content() -> None:
    one, two = course("b", "x", year=2023), course("a", "x", year=2024)
    assert ready(rules(), one, two).records == ready(rules(), two, one).records == (one, two)


def test_every_id_stands_once() -> None:
    record = StudentRecord(
        "s", SchoolYear(2023), experiences=(Experience("a", "x"), Experience("a", "y"))
    )
    with pytest.raises(RecordError, match="experience id 'a' stands 2 times"):
        prepare(record, rules(), catalog=None, as_of=DAY)


def test_a_decision_says_who_why_about_what_and_ends_after_it_starts() -> None:
    kinds = (ExceptionKind.SUBSTITUTE, ExceptionKind.EXCUSE)
    made = tuple(
        StaffException(str(kind), kind, "", " ", DAY, until=date(2026, 1, 1)) for kind in kinds
    )
    record = StudentRecord("s", SchoolYear(2023), exceptions=made, carnegie_units=0)
    with pytest.raises(RecordError) as caught:
        prepare(record, rules(), catalog=None, as_of=DAY)
    wanting = [
        "nobody is named who decided this. Add 'by'.",
        "no reason is given. Add 'why'.",
        "no requirement is named. Add 'requirement', the id of a requirement.",
        "no course is named. Add 'record', the id of a course record.",
        "it ends on 2026-01-01, before it starts. Correct 'on' or 'until'.",
    ]
    assert str(caught.value).splitlines() == [
        *(f"record 's', exception 'substitute': {each}" for each in wanting),
        *(f"record 's', exception 'excuse': {each}" for each in (*wanting[:3], wanting[4])),
        "record 's': carnegie_units is 0, so no course would have credit. "
        "Write how many Carnegie units one credit of this record is, such as 1.",
    ]
