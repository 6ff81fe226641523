"""Two invented colleges for the tests of college credit: short ways to write all that it needs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pathloom.engine.catalog import (
    Agreement,
    Agreements,
    Citation,
    CollegeCourse,
    CollegeTerm,
    Continuation,
    Funding,
    Institution,
    Kind,
    Tuition,
)
from pathloom.engine.planner.college import Claim, CollegeCredit, college_credit
from pathloom.engine.record import CourseRecord, ExamScore, State, StudentRecord
from pathloom.engine.units import Mark, Part, SchoolYear, Term

READ = Citation("https://lakeside.example/read", date(2026, 9, 1))
AS_OF = date(2026, 11, 22)
ENTERED = SchoolYear(2024)  # graduates on 2028-06-30
FALL, SPRING, NEXT_FALL, NEXT_SPRING = (
    Term(SchoolYear(year), part) for year in (2025, 2026) for part in (Part.FALL, Part.SPRING)
)
LAKESIDE = Institution(
    "lakeside",
    "Lakeside College",
    (
        CollegeCourse("A 1", "Algebra", 300),
        CollegeCourse("B 1", "Biology", 450),
        CollegeCourse("C 1", "Coding", 200),
        CollegeCourse("D 1", "Drawing", 100),
    ),
    tuition=Tuition(11233, date(2026, 7, 1), READ),
    term_months=4,
)
HILLTOP = Institution("hilltop", "Hilltop College", (CollegeCourse("A 9", "Algebra", 300),))
CODES = {"alg": "A 1", "bio": "B 1", "code": "C 1", "draw": "D 1"}


def agreement(course: str, **more: object) -> Agreement:
    """``alg`` counts as A 1 at Lakeside, if taken in 2024-25 or later; whatever else is asked."""
    made = Agreement(
        id=course,
        kind=Kind.ARTICULATED,
        institution="lakeside",
        college_course=CODES.get(course, "A 1"),
        valid_from=SchoolYear(2024),
        source=READ,
        course=course,
    )
    return replace(made, **more)  # type: ignore[arg-type]


def agreements(
    *every: Agreement,
    accepts: int | None = None,
    terms: tuple[tuple[str, ...], ...] = (),
    funding: Funding | None = None,
    **college: object,
) -> Agreements:
    ahead = tuple(
        CollegeTerm(1 + index // 2, (Part.FALL, Part.SPRING)[index % 2], codes)
        for index, codes in enumerate(terms)
    )
    lakeside = replace(LAKESIDE, accepts=accepts, **college)  # type: ignore[arg-type]
    programs = (Continuation("trade", "lakeside", "Trade Certificate", ahead, READ),)
    return Agreements((lakeside, HILLTOP), every, programs if terms else (), funding)


def taken(
    course: str,
    state: State = State.EARNED,
    *,
    mark: str | None = "80",
    term: Term | None = FALL,
    number: str = "",
) -> CourseRecord:
    shown = Mark.parse(mark) if mark and state in {State.EARNED, State.FAILED} else None
    return CourseRecord(
        id=f"{course}-{state}-{term}-{mark}",
        credits=100,
        state=state,
        course=course,
        title=course.title(),
        number=number,
        subject="any",
        term=term,
        mark=shown,
    )


def student(*courses: CourseRecord, **scores: int) -> StudentRecord:
    """Scores in hundredths, by exam."""
    found = tuple(ExamScore(exam, score) for exam, score in scores.items())
    return StudentRecord("S-1", ENTERED, courses, scores=found)


def credit(record: StudentRecord, agreed: Agreements, **more: object) -> CollegeCredit:
    asked: dict[str, object] = {"catalog": None, "as_of": AS_OF} | more
    return college_credit(record, agreed, **asked)  # type: ignore[arg-type]


def only(record: StudentRecord, agreed: Agreements, **more: object) -> Claim:
    """The one claim of a record."""
    (claim,) = credit(record, agreed, **more).claims
    return claim
