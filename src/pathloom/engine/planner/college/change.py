"""What another plan changes in a student's college credit, course by course."""

from __future__ import annotations

from collections.abc import Iterator

from pathloom.engine.catalog.agreements import format_dollars
from pathloom.engine.planner.college.types import (
    Claim,
    CollegeChange,
    CollegeCredit,
    CourseChange,
    ProgramAhead,
    ProgramChange,
    Standing,
)
from pathloom.engine.planner.college.words import hours_of, months_of, terms_of

Key = tuple[str, str]


def difference(before: CollegeCredit, after: CollegeCredit) -> CollegeChange:
    """Compare the college credit of two plans of one student under the same agreements.

    Returns:
        Each college course whose standing or hours differ, by institution and code (the changes of
        hours add up to the change of ``banked``), and each program that differs.
    """
    courses = tuple(_courses(_by_course(before), _by_course(after)))
    programs = tuple(_programs(before, after))
    gained = after.hours.banked - before.hours.banked
    saved = after.avoided - before.avoided
    said = (
        f"{hours_of(abs(gained))} {'more' if gained > 0 else 'less'}" if gained else "As many hours"
    )
    money = (
        f"{format_dollars(abs(saved))} {'more' if saved > 0 else 'less'}" if saved else "as much"
    )
    sentence = f"{said} of college credit, and {money} tuition avoided."
    if not courses and not programs and not saved:
        sentence = "Nothing changes in college credit."
    return CollegeChange(
        hours_before=before.hours,
        hours_after=after.hours,
        avoided_before=before.avoided,
        avoided_after=after.avoided,
        courses=courses,
        programs=programs,
        sentence=sentence,
    )


def _by_course(credit: CollegeCredit) -> dict[Key, Claim]:
    """The claim that decides about each college course."""
    return {
        (each.institution, each.code): each
        for each in credit.claims
        if each.standing is not Standing.AGAIN
    }


def _courses(before: dict[Key, Claim], after: dict[Key, Claim]) -> Iterator[CourseChange]:
    for key in sorted({**before, **after}):
        old, new = before.get(key), after.get(key)
        shown = new or old
        if shown is None or _stands(old) == _stands(new):
            continue
        what = f"{shown.code} {shown.title} at {shown.college}"
        yield CourseChange(
            institution=shown.institution,
            college=shown.college,
            code=shown.code,
            title=shown.title,
            before=old.standing if old else None,
            after=new.standing if new else None,
            hours_before=old.counted if old else 0,
            hours_after=new.counted if new else 0,
            sentence=f"{what}: {_words(old)}, then {_words(new)}."
            + (f" {new.sentence}" if new else ""),
        )


def _stands(claim: Claim | None) -> tuple[Standing, int] | None:
    return (claim.standing, claim.counted) if claim else None


def _words(claim: Claim | None) -> str:
    if claim is None:
        return "not there"
    name = claim.standing.replace("_", " ")
    return f"{name} ({hours_of(claim.counted)})" if claim.counted else name


def _programs(before: CollegeCredit, after: CollegeCredit) -> Iterator[ProgramChange]:
    old = {(each.program, each.institution): each for each in before.programs}
    for new in after.programs:
        was = old.get((new.program, new.institution))
        if was is None or _saves(was) == _saves(new):
            continue
        yield ProgramChange(
            program=new.program,
            institution=new.institution,
            terms_before=was.terms_saved,
            terms_after=new.terms_saved,
            months_before=was.months_saved,
            months_after=new.months_saved,
            sentence=f"{new.credential} at {new.college}: {_saved(was)} saved, then {_saved(new)}.",
        )


def _saves(program: ProgramAhead) -> tuple[int, int]:
    return (program.terms_saved, program.counted)


def _saved(program: ProgramAhead) -> str:
    months = f" ({months_of(program.months_saved)})" if program.months_saved else ""
    return f"{hours_of(program.counted)} and {terms_of(program.terms_saved)}{months}"
