"""Which rules hold for a student: by diploma, year of first entering grade 9, and day."""

from __future__ import annotations

from datetime import date

from pathloom.engine.errors import Problem, RuleError, nearest
from pathloom.engine.rules.nodes import Rulebook, RuleFile, RuleSet
from pathloom.engine.units import SchoolYear


def choose(
    rulebook: Rulebook, diploma_id: str, *, entered_grade_9: SchoolYear, as_of: date
) -> RuleSet:
    """Return the rule set that holds for a cohort on a day.

    Args:
        rulebook: rule files; each diploma stands in it once.
        diploma_id: jurisdiction and diploma, ``us-ga/diploma``.
        entered_grade_9: the school year in which the student first entered grade 9.
        as_of: the day of the question; rules may change while a cohort is in school.
    Raises:
        RuleError: no such diploma, or no rules for the cohort on that day (names what is covered).
    """
    file = file_of(rulebook, diploma_id)
    return choose_version(file, entered_grade_9=entered_grade_9, as_of=as_of)


def file_of(rulebook: Rulebook, diploma_id: str) -> RuleFile:
    """Return the rule file of a diploma, by its id; RuleError names the nearest one."""
    file = rulebook.file(diploma_id)
    if file is None:
        known = [each.id for each in rulebook.files]
        raise RuleError(
            [Problem("rulebook", f"no rules for '{diploma_id}'", nearest(diploma_id, known))]
        )
    return file


def choose_version(
    file: RuleFile, *, entered_grade_9: SchoolYear, as_of: date | None = None
) -> RuleSet:
    """Return the version of one file that holds for a cohort on a day; RuleError where none does.

    Without a day it is the version that came into force last.
    """
    held = [version for version in file.versions if covers(version, entered_grade_9)]
    if as_of is None and held:
        return max(held, key=lambda version: version.in_force_from or date.min)
    found = next((each for each in held if as_of and in_force(each, as_of)), None)
    if found is not None:
        return found
    said = cohorts if held else _cohorts
    covered = "; ".join(dict.fromkeys(said(version) for version in file.versions))
    on = f" on {as_of}" if held else ""
    raise RuleError(
        [
            Problem(
                file.path,
                f"no rules for students who entered grade 9 in {entered_grade_9}{on}",
                f"Covered are students who entered {covered}.",
            )
        ]
    )


def covers(version: RuleSet, year: SchoolYear) -> bool:
    after = version.entered_from is None or version.entered_from <= year
    before = version.entered_to is None or year <= version.entered_to
    return after and before


def in_force(version: RuleSet, day: date) -> bool:
    after = version.in_force_from is None or version.in_force_from <= day
    before = version.in_force_to is None or day <= version.in_force_to
    return after and before


def cohorts(version: RuleSet) -> str:
    """Say for whom and when a version is: ``from 2008-09 on``, ``in any year, since 2019-07-01``"""
    days = _days(version)
    return f"{_cohorts(version)}, {days}" if days else _cohorts(version)


def _cohorts(version: RuleSet) -> str:
    start, end = version.entered_from, version.entered_to
    if start and end:
        return f"in {start}" if start == end else f"from {start} to {end}"
    if start:
        return f"from {start} on"
    return f"in {end} or earlier" if end else "in any year"


def _days(version: RuleSet) -> str:
    start, end = version.in_force_from, version.in_force_to
    if start and end:
        return f"in force from {start} to {end}"
    if start:
        return f"in force since {start}"
    return f"in force until {end}" if end else ""
