"""College credit of a record or plan: what is banked, what it saves, and what is lost."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pathloom.engine.audit.phrases import number
from pathloom.engine.catalog import Agreements, Catalog, Institution
from pathloom.engine.catalog.agreements import Cents, format_dollars
from pathloom.engine.errors import Problem, RequestError, nearest
from pathloom.engine.planner.college.claims import Moment, every_claim
from pathloom.engine.planner.college.counting import counted, sums
from pathloom.engine.planner.college.program import programs_ahead
from pathloom.engine.planner.college.types import (
    Claim,
    CollegeCredit,
    Hours,
    Standing,
    TuitionAvoided,
)
from pathloom.engine.planner.college.words import hours_of
from pathloom.engine.record import StudentRecord
from pathloom.engine.rules.facts import complete
from pathloom.engine.units import SchoolYear


def college_credit(
    record: StudentRecord,
    agreements: Agreements,
    *,
    catalog: Catalog | None,
    as_of: date,
    program: str = "",
    graduation: date | None = None,
    claimed: Iterable[str] = (),
) -> CollegeCredit:
    """Say what of a record counts at college, what it saves and what is lost, each with its reason.

    Args:
        record: earned, in-progress and planned courses; a plan is added by ``outlook.with_plan``.
        agreements: read by ``load_agreements``.
        catalog: fills in what the record leaves empty, such as state numbers.
        as_of: the day on which deadlines are judged.
        program: the program of study whose years after high school are laid out; all, if empty.
        graduation: deadlines run from here; the last day of the fourth school year, if None.
        claimed: ids of agreements under which the college has already granted the credit.
    Returns:
        Claims ordered by institution, college course, standing and term; the order of the
        record's courses changes nothing. All sums are sums over the claims.
    Raises:
        RecordError: as ``rules.facts.complete``.
        RequestError: a program or an agreement that is not there; all of them.
    """
    granted = frozenset(claimed)
    _check_names(agreements, program, granted)
    graduation = graduation or graduation_of(record.entered_grade_9)
    moment = Moment(as_of, graduation, granted)
    found = every_claim(complete(record, catalog), agreements, moment=moment)
    claims = counted(found, agreements)
    tuition = tuple(_tuition(each, claims) for each in agreements.institutions)
    tuition = tuple(each for each in tuition if each.hours)
    hours = sums(claims)
    avoided = sum(each.amount or 0 for each in tuition)
    earned = sum(each.earned or 0 for each in tuition)
    return CollegeCredit(
        as_of=as_of,
        graduation=graduation,
        claims=tuple(sorted(claims, key=_place)),
        hours=hours,
        tuition=tuition,
        avoided=avoided,
        avoided_earned=earned,
        programs=programs_ahead(claims, agreements, program=program),
        sentence=_sentence(hours, avoided=avoided, earned=earned),
    )


def graduation_of(entered: SchoolYear) -> date:
    """The last day of the fourth school year of those who entered grade 9 in ``entered``."""
    return date(entered.start + 4, 6, 30)


def _check_names(agreements: Agreements, program: str, claimed: frozenset[str]) -> None:
    programs = {each.program for each in agreements.programs}
    known = {each.id for each in agreements.agreements}
    problems = [
        Problem("claimed", f"no agreement '{name}'", nearest(name, known))
        for name in sorted(claimed - known)
    ]
    if program and program not in programs:
        what = f"program '{program}' goes on at no college of these agreements"
        problems.append(Problem("program", what, nearest(program, programs)))
    if problems:
        raise RequestError(problems)


def _place(claim: Claim) -> tuple[str, str, int, tuple[int, int], str, str]:
    when = claim.term.order if claim.term else (0, 0)
    standing = list(Standing).index(claim.standing)
    return (claim.institution, claim.code, standing, when, claim.agreement, claim.record)


def _tuition(college: Institution, claims: Iterable[Claim]) -> TuitionAvoided:
    here = [each for each in claims if each.institution == college.id]
    hours = sum(each.counted - each.unfunded for each in here)
    stated = college.tuition
    amount = sum(each.avoided or 0 for each in here)
    earned = sum(each.avoided or 0 for each in here if each.standing is Standing.EARNED)
    if stated is None:
        said = f"{college.title}: {hours_of(hours)}; no figure stated for tuition."
    else:
        said = (
            f"{college.title}: {number(hours)} × {format_dollars(stated.per_hour)} an hour, as "
            f"stated on {stated.as_of}, is {format_dollars(amount)}."
        )
    return TuitionAvoided(
        institution=college.id,
        college=college.title,
        hours=hours,
        per_hour=stated.per_hour if stated else None,
        as_of=stated.as_of if stated else None,
        url=stated.source.url if stated else "",
        earned=earned if stated else None,
        amount=amount if stated else None,
        sentence=said,
    )


def _sentence(hours: Hours, *, avoided: Cents, earned: Cents) -> str:
    if not hours.banked and not hours.lost:
        return "No course of this record or plan counts at a college."
    ways = (
        (hours.earned, "earned"),
        (hours.open, "open"),
        (hours.in_progress, "in progress"),
        (hours.planned, "planned"),
    )
    parts = ", ".join(f"{number(amount)} {name}" for amount, name in ways if amount)
    said = f"{hours_of(hours.banked)} of college credit{f': {parts}' if parts else ''}."
    if avoided:
        so_far = "" if earned == avoided else f", {format_dollars(earned)} by what is earned"
        said += f" Tuition avoided: {format_dollars(avoided)}{so_far}."
    return said + (f" {hours_of(hours.lost)} are lost." if hours.lost else "")
