"""Amounts in their own measure, pictures of credit only, two audits side by side."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pathloom.engine.audit.result import (
    AuditResult,
    Measure,
    RequirementResult,
    Status,
    Tier,
)
from pathloom.engine.record import StudentRecord
from pathloom.engine.units import SchoolYear
from pathloom.portal.plans.presenters.amounts import bar, have_words, missing_words
from pathloom.portal.plans.presenters.audit_page import proof_words
from pathloom.portal.plans.presenters.document import requirement_lines
from pathloom.portal.plans.presenters.gaps import open_points
from pathloom.portal.plans.presenters.loom import loom, short_of, strip_of
from pathloom.portal.plans.presenters.what_if import shift_sentence, shifts
from pathloom.portal.plans.queries import areas_of, first_missing
from pathloom.portal.plans.queries.planned import _area

DAY = date(2026, 9, 15)


def result(
    name: str,
    status: Status = Status.SHORT,
    *,
    need: int = 400,
    earned: int = 100,
    in_progress: int = 0,
    planned: int = 0,
    measure: Measure = Measure.CREDIT,
    **more: object,
) -> RequirementResult:
    plain = RequirementResult(
        id=name,
        title=name.title(),
        status=status,
        need=need,
        earned=earned,
        in_progress=in_progress,
        planned=planned,
        short=need - earned - in_progress - planned,
        counted=(),
        parts=(),
        why="",
        fixes=(f"Do {name}.",),
        rule="",
        source="",
        measure=measure,
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def audit(*requirements: RequirementResult, total: RequirementResult | None = None) -> AuditResult:
    return AuditResult(
        student="1",
        ruleset="us-demo/diploma/2020",
        title="Demo Diploma",
        official=False,
        as_of=DAY,
        status=Status.SHORT,
        tier=Tier.FLOW,
        sentence="",
        total=total or result("total", need=700, earned=100),
        requirements=requirements,
        awarded=(),
        unused=(),
    )


SERVICE = result("service", need=4000, earned=2500, measure=Measure.HOURS)
ENGLISH = result("english")
EMPTY = StudentRecord(student="1", entered_grade_9=SchoolYear.parse("2024-25"))


@pytest.mark.parametrize(
    ("each", "have", "missing"),
    [
        (ENGLISH, "1.0 of 4", "3.0 missing"),
        (SERVICE, "25 of 40 hours", "15 hours missing"),
        (
            result("team", need=200, earned=100, measure=Measure.TIMES),
            "1 of 2 times",
            "1 time missing",
        ),
        (
            result("labs", need=300, earned=200, measure=Measure.COURSES),
            "2 of 3 courses",
            "1 course missing",
        ),
        (
            result("sat", need=120000, earned=115000, measure=Measure.POINTS),
            "1150 of 1200 points",
            "50 points missing",
        ),
        (
            result("sat", need=120000, earned=0, measure=Measure.POINTS),
            "not on record",
            "",
        ),
        (result("service", need=4000, earned=0, measure=Measure.HOURS), "not on record", ""),
        (result("fafsa", need=100, earned=0, measure=Measure.DONE), "not on record", ""),
        (
            result("fafsa", Status.MET, need=100, earned=100, measure=Measure.DONE),
            "done",
            "",
        ),
        (result("gym", Status.EXCUSED, need=0, earned=0, excused=50), "excused", ""),
    ],
)
def test_an_amount_is_said_in_its_own_measure(
    each: RequirementResult, have: str, missing: str
) -> None:
    assert (have_words(each), missing_words(each)) == (have, missing)


def test_a_bar_is_as_long_as_what_is_needed() -> None:
    pieces = bar(result("english", earned=100, in_progress=100, planned=50))
    assert [piece["state"] for piece in pieces] == ["earned", "in_progress", "planned", "missing"]
    widths = [float(piece["width"].rstrip("%")) for piece in pieces]
    assert widths == [25, 25, 12.5, 37.5]
    assert [float(piece["x"].rstrip("%")) for piece in pieces] == [0, 25, 50, 62.5]
    assert bar(result("gym", need=0, earned=0)) == []


def test_what_asks_for_no_credit_has_no_thread_and_no_share_of_the_credit() -> None:
    made = audit(ENGLISH, SERVICE)
    assert [row["id"] for row in loom(made, EMPTY)["rows"]] == ["english"]
    assert [row["title"] for row in strip_of(made)["rows"]] == ["English"]
    assert [area.id for area in areas_of(made)] == ["english", "total"]
    assert short_of(made) == 600
    lines = {line["title"]: (line["amount"], line["status"]) for line in requirement_lines(made)}
    assert lines["Service"] == ("25 of 40 hours", "missing: 15 hours")


def test_what_is_missing_is_named_without_the_ways_not_taken() -> None:
    spare = result("welding", need=300, needed=False)
    choice = result("pathway", need=300, earned=100, choose=1, parts=(spare,))
    made = audit(SERVICE, choice)
    assert [point.requirement.id for point in open_points(made)] == ["service", "pathway"]
    assert not any(point.rest for point in open_points(audit(SERVICE)))
    hidden = replace(choice, status=Status.MET, short=0, parts=(spare,))
    assert first_missing(audit(hidden, total=result("total", Status.MET))) == ""


def test_kept_areas_read_back_in_hundredths() -> None:
    kept = {"id": "english", "title": "English", "status": "short"}
    amounts = {"need": 4.0, "earned": 1.5, "in_progress": 0.0, "planned": 0.0, "short": 2.5}
    assert (_area(kept | amounts).need, _area(kept | amounts).short) == (400, 250)


def test_two_audits_are_compared_requirement_by_requirement() -> None:
    before = audit(ENGLISH, result("science", planned=300, status=Status.PLANNED), SERVICE)
    after = audit(
        result("english", Status.PLANNED, planned=300),
        result("science", earned=100),
        result("arts", earned=0, need=100),
        total=result("total", need=700, earned=100),
    )
    rows = shifts(before, after)
    assert [(row["title"], row["change"]) for row in rows] == [
        ("English", "better"),
        ("Science", "worse"),
        ("Arts", "new"),
        ("Service", "gone"),
        ("All credits", "same"),
    ]
    assert rows[0]["before"] == "1.0 of 4, 3.0 missing"
    assert shift_sentence(rows) == "1 gets better, 1 gets worse, 1 more is missing."
    assert shift_sentence(shifts(before, before)) == "Nothing changes."


def test_parts_are_compared_only_where_they_change() -> None:
    part = result("algebra", need=100, earned=0)
    before = audit(result("mathematics", parts=(part, result("geometry", need=100))))
    after = audit(
        result(
            "mathematics",
            parts=(
                replace(part, status=Status.EXCUSED, need=0, short=0),
                result("geometry", need=100),
            ),
        )
    )
    rows = shifts(before, after)
    assert [(row["title"], row["part"]) for row in rows][:2] == [
        ("Mathematics", False),
        ("Algebra", True),
    ]
    assert "Geometry" not in [row["title"] for row in rows]


@pytest.mark.parametrize("tier", Tier)
def test_every_way_to_prove_an_answer_has_words(tier: Tier) -> None:
    assert proof_words(tier).endswith(".")
