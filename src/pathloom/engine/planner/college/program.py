"""A program of study after high school: its rows that are done, and the terms that fall away."""

from __future__ import annotations

from collections.abc import Iterable

from pathloom.engine.audit.phrases import number
from pathloom.engine.catalog import (
    Agreements,
    CollegeCourse,
    CollegeTerm,
    Continuation,
    Institution,
)
from pathloom.engine.planner.college.types import Claim, ProgramAhead, Row, Standing, TermAhead
from pathloom.engine.planner.college.words import hours_of, months_of, terms_of


def programs_ahead(
    claims: Iterable[Claim], agreements: Agreements, *, program: str
) -> tuple[ProgramAhead, ...]:
    """Lay counted claims over each way in which a program goes on; all programs if empty.

    Args:
        claims: as ``counting.counted`` returns them.
        agreements: hold the continuations; in the order of the file.
        program: the id of a program of study.
    """
    through = {(each.institution, each.code): each for each in claims if each.counted}
    found = []
    for each in agreements.programs:
        college = agreements.institution(each.institution)
        if college is not None and program in ("", each.program):
            found.append(_ahead(each, college, through))
    return tuple(found)


def _ahead(
    each: Continuation, college: Institution, through: dict[tuple[str, str], Claim]
) -> ProgramAhead:
    terms = tuple(_term(term, college, through) for term in each.terms)
    rows = tuple(row for term in terms for row in term.rows)
    saved = sum(term.falls_away for term in terms)
    months = None if college.term_months is None else saved * college.term_months
    return ProgramAhead(
        program=each.program,
        institution=college.id,
        college=college.title,
        credential=each.credential,
        terms=terms,
        hours=sum(row.hours for row in rows),
        counted=sum(row.counted for row in rows),
        terms_saved=saved,
        terms_saved_earned=sum(term.falls_away_earned for term in terms),
        months_saved=months,
        url=each.source.url,
        sentence=_sentence(each, college, rows, saved=saved, of=len(terms), months=months),
    )


def _term(
    term: CollegeTerm, college: Institution, through: dict[tuple[str, str], Claim]
) -> TermAhead:
    courses = (college.course(code) for code in term.courses)
    rows = tuple(_row(each, through.get((college.id, each.code))) for each in courses if each)
    done = [row.standing for row in rows if row.counted == row.hours]
    away = len(done) == len(rows)
    return TermAhead(
        year=term.year,
        part=term.part,
        rows=rows,
        falls_away=away,
        falls_away_earned=away and set(done) == {Standing.EARNED},
    )


def _row(course: CollegeCourse, claim: Claim | None) -> Row:
    return Row(
        code=course.code,
        title=course.title,
        hours=course.hours,
        counted=claim.counted if claim else 0,
        standing=claim.standing if claim else None,
        sentence=claim.sentence if claim else "Still to be taken at college.",
    )


def _sentence(
    each: Continuation,
    college: Institution,
    rows: tuple[Row, ...],
    *,
    saved: int,
    of: int,
    months: int | None,
) -> str:
    counted, whole = sum(row.counted for row in rows), sum(row.hours for row in rows)
    done = f"{number(counted)} of {hours_of(whole)} toward the {each.credential} at {college.title}"
    away = f"{saved or 'none'} of its {terms_of(of)} fall{'s' if saved < 2 else ''} away"
    time = f", which saves {months_of(months)}" if months else ""
    if saved and months is None:
        time = "; the college does not state how many months a term lasts"
    return f"{done} are done by the end of high school; {away}{time}."
