"""Changes of a request that could make a plan possible; whether they do is tried elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from pathloom.engine.planner.candidates import Outlook
from pathloom.engine.planner.conflict import Cause, Kind, lock_cause, title_of, when
from pathloom.engine.planner.outlook import LAST_GRADE
from pathloom.engine.planner.types import Placement, PlanRequest, PlanTerm
from pathloom.engine.units import Credits, Part, Term, format_credits

MORE_LOAD = (50, 100, 200)
SUMMER_LOAD = 100


@dataclass(frozen=True, slots=True)
class Change:
    """One change, in a sentence; of the same ``kind`` a later one is larger.

    ``beside`` marks a change worth offering beside others of its kind: another lock, another ban.
    """

    kind: str
    sentence: str
    apply: Callable[[PlanRequest], PlanRequest]
    beside: bool = False


def every_change(request: PlanRequest) -> tuple[Change, ...]:
    """Return all changes that there are, whatever the conflict."""
    causes = [*map(lock_cause, request.locks), *(Cause(Kind.BAN, ban) for ban in request.bans)]
    if any(entry.least for entry in request.terms):
        causes.append(Cause(Kind.LEAST))
    return tuple(possible_changes(request, causes))


def possible_changes(request: PlanRequest, causes: Sequence[Cause]) -> Iterator[Change]:
    """Yield the changes that a conflict suggests, then more room, small changes first."""
    outlook = Outlook(request)
    locks = [one for one in dict.fromkeys(request.locks) if lock_cause(one) in causes]
    for lock in locks:
        where = next(when(entry) for entry in request.terms if entry.term == lock.term)
        sentence = f"Take off the lock on {title_of(outlook, lock.course)} in {where}."
        yield Change("lock", sentence, partial(_unlocked, locks=(lock,)), beside=True)
    if len(locks) > 1:
        unlocked = partial(_unlocked, locks=tuple(locks))
        yield Change(
            "lock",
            f"Take off the locks on {_names(outlook, (one.course for one in locks))}.",
            unlocked,
        )
    bans = [cause.key for cause in causes if cause.kind is Kind.BAN]
    for ban in bans:
        sentence = f"Allow {title_of(outlook, ban)} again."
        yield Change("ban", sentence, partial(_allowed, bans=(ban,)), beside=True)
    if len(bans) > 1:
        sentence = f"Allow {_names(outlook, bans)} again."
        yield Change("ban", sentence, partial(_allowed, bans=tuple(bans)))
    if any(cause.kind is Kind.LEAST for cause in causes):
        yield Change("least", "Ask your school for lighter terms.", _lighter)
    for extra in MORE_LOAD:
        sentence = f"Take up to {format_credits(extra)} more credits in each term."
        yield Change("load", sentence, partial(_fuller, extra=extra))
    yield from _more_terms(request)
    if request.program and outlook.program:
        sentence = f"Choose another program than {outlook.program.title}, or none."
        yield Change("program", sentence, partial(replace, program=""))


def _names(outlook: Outlook, courses: Iterable[str]) -> str:
    *names, last = dict.fromkeys(title_of(outlook, each) for each in courses)
    return f"{', '.join(names)} and {last}" if names else last


def _more_terms(request: PlanRequest) -> Iterator[Change]:
    for count in range(1, len(_summers(request)) + 1):
        words = "Use summer school once." if count == 1 else f"Use summer school {count} times."
        yield Change("summer", words, partial(_with_summers, count=count))
    if request.terms:
        for count in (1, 2):
            words = "Add one more term after the last."
            words = words if count == 1 else "Add one more school year."
            yield Change("terms", words, partial(longer, count=count))


def _unlocked(request: PlanRequest, *, locks: tuple[Placement, ...]) -> PlanRequest:
    return replace(request, locks=tuple(one for one in request.locks if one not in locks))


def _allowed(request: PlanRequest, *, bans: tuple[str, ...]) -> PlanRequest:
    return replace(request, bans=tuple(one for one in request.bans if one not in bans))


def _lighter(request: PlanRequest) -> PlanRequest:
    return replace(request, terms=tuple(replace(entry, least=0) for entry in request.terms))


def _fuller(request: PlanRequest, *, extra: Credits) -> PlanRequest:
    fuller = tuple(replace(entry, most=entry.most + extra) for entry in request.terms)
    return replace(request, terms=fuller)


def _summers(request: PlanRequest) -> list[PlanTerm]:
    years = {entry.term.year: entry.grade for entry in request.terms}
    there = {entry.term for entry in request.terms}
    return [
        PlanTerm(Term(year, Part.SUMMER), grade, most=SUMMER_LOAD)
        for year, grade in years.items()
        if Term(year, Part.SUMMER) not in there
    ]


def _with_summers(request: PlanRequest, *, count: int) -> PlanRequest:
    terms = (*request.terms, *_summers(request)[:count])
    return replace(request, terms=tuple(sorted(terms, key=lambda one: one.term)))


def longer(request: PlanRequest, *, count: int) -> PlanRequest:
    """Add terms after the last: fall and spring in turn, at most in grade 12."""
    terms = [*request.terms]
    for _ in range(count):
        last = terms[-1]
        year, grade, part = last.term.year, last.grade, Part.SPRING
        if last.term.part is not Part.FALL:
            year, grade, part = year.plus(1), max(grade, min(grade + 1, LAST_GRADE)), Part.FALL
        terms.append(PlanTerm(Term(year, part), grade, most=last.most))
    return replace(request, terms=tuple(terms))
