"""Which rules hold for a student: by diploma and by the year of first entering grade 9."""

from __future__ import annotations

from datetime import date

from pathloom.engine.errors import Problem, RuleError, nearest
from pathloom.engine.rules.nodes import Rulebook, RuleFile, RuleSet
from pathloom.engine.units import SchoolYear


def choose(
    rulebook: Rulebook, diploma_id: str, *, entered_grade_9: SchoolYear, as_of: date
) -> RuleSet:
    """Return the rule set that holds for a cohort.

    Args:
        rulebook: rule files; each diploma stands in it once.
        diploma_id: jurisdiction and diploma, ``us-ga/diploma``.
        entered_grade_9: the school year in which the student first entered grade 9.
        as_of: the day of the question. Rules of this language do not change within a cohort,
            so it decides nothing yet; it is asked for so that dated rules need no new signature.
    Raises:
        RuleError: no such diploma, or no rules for the cohort (names the cohorts covered).
    """
    file = rulebook.file(diploma_id)
    if file is None:
        known = [each.id for each in rulebook.files]
        raise RuleError(
            [Problem("rulebook", f"no rules for '{diploma_id}'", nearest(diploma_id, known))]
        )
    return choose_version(file, entered_grade_9=entered_grade_9)


def choose_version(file: RuleFile, *, entered_grade_9: SchoolYear) -> RuleSet:
    """Return the version of one file that holds for a cohort; RuleError where there is none."""
    for version in file.versions:
        if covers(version, entered_grade_9):
            return version
    covered = "; ".join(cohorts(version) for version in file.versions)
    raise RuleError(
        [
            Problem(
                file.path,
                f"no rules for students who entered grade 9 in {entered_grade_9}",
                f"Covered are students who entered {covered}.",
            )
        ]
    )


def covers(version: RuleSet, year: SchoolYear) -> bool:
    after = version.entered_from is None or version.entered_from <= year
    before = version.entered_to is None or year <= version.entered_to
    return after and before


def cohorts(version: RuleSet) -> str:
    """Say which students a version is for: ``from 2008-09 on``, ``from 2002-03 to 2007-08``."""
    start, end = version.entered_from, version.entered_to
    if start and end:
        return f"in {start}" if start == end else f"from {start} to {end}"
    if start:
        return f"from {start} on"
    return f"in {end} or earlier" if end else "in any year"
