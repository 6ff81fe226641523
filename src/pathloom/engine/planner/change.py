"""Changes of a plan request, as data: which there are, what each does, and how it is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, islice, takewhile

from pathloom.engine.planner.outlook import FIRST_GRADE, LAST_GRADE
from pathloom.engine.planner.types import (
    Change,
    ChangeKind,
    Fix,
    Placement,
    PlanRequest,
    PlanTerm,
)
from pathloom.engine.planner.wording import season, title_in, when
from pathloom.engine.rules.phrases import all_of
from pathloom.engine.units import Part, Term, format_credits

MORE_LOAD = (50, 100, 200)  # hundredths of credit more in each term, smallest first
EXTRA_LOAD = 100  # what fits into a summer or beside school online
MOST_LATER = 2  # terms after the last one

_HALVES = frozenset({Part.FALL, Part.SPRING})
_FOR_STAFF = {ChangeKind.LIGHTER, ChangeKind.NO_LIMIT}


def possible_changes(request: PlanRequest) -> tuple[Change, ...]:
    """List every change that there is, in the order in which they are offered.

    First what stands in the request takes back, then more room and time, then what is given up; of
    one kind the smaller comes before the larger. Whether one helps is not asked here.
    """
    return (*_taken_back(request), *_more_room(request), *_given_up(request))


def _taken_back(request: PlanRequest) -> Iterator[Change]:
    for lock in dict.fromkeys((*request.locks, *request.staff_locks)):
        yield Change(ChangeKind.UNLOCK, lock.course, lock.term)
    for ban in dict.fromkeys((*request.bans, *request.staff_bans)):
        yield Change(ChangeKind.ALLOW, ban)


def _more_room(request: PlanRequest) -> Iterator[Change]:
    if request.finish is not None:
        yield Change(ChangeKind.NO_FINISH)
    offered = {part for course in request.catalog.courses for part in course.parts}
    for kind, part in ((ChangeKind.SUMMER, Part.SUMMER), (ChangeKind.ONLINE, Part.ONLINE)):
        for entry in _beside(request, part) if part in offered else ():
            yield Change(kind, term=entry.term)
    for extra in MORE_LOAD:
        yield Change(ChangeKind.FULLER, amount=extra)
    if any(entry.least for entry in request.terms):
        yield Change(ChangeKind.LIGHTER)
    for entry in _later(request, MOST_LATER) if request.finish is None else ():
        yield Change(ChangeKind.LATER, term=entry.term)


def _given_up(request: PlanRequest) -> Iterator[Change]:
    for limit in request.limits:
        yield Change(ChangeKind.NO_LIMIT, limit.title)
    for ruleset in request.also:
        yield Change(ChangeKind.WITHOUT, ruleset.id)
    if request.program:
        yield Change(ChangeKind.NO_PROGRAM)


# -- what a change does


def apply_all(request: PlanRequest, changes: Iterable[Change]) -> PlanRequest:
    """Carry out changes one after another: see ``apply``."""
    for change in changes:
        request = apply(request, change)
    return request


def apply(request: PlanRequest, change: Change) -> PlanRequest:
    """Return the request with a change; what is as the change wants it already stays as it is.

    Terms that are added come after what ``on_time`` was before, so that a plan uses them only
    where it has to.
    """
    match change.kind:
        case ChangeKind.UNLOCK if change.term is not None:
            return _unlocked(request, Placement(change.course, change.term))
        case ChangeKind.ALLOW:
            return replace(
                request,
                bans=tuple(one for one in request.bans if one != change.course),
                staff_bans=tuple(one for one in request.staff_bans if one != change.course),
            )
        case ChangeKind.LIGHTER:
            return replace(request, terms=tuple(replace(one, least=0) for one in request.terms))
        case ChangeKind.FULLER:
            extra = change.amount
            fuller = tuple(replace(one, most=one.most + extra) for one in request.terms)
            return replace(request, terms=fuller)
        case ChangeKind.SUMMER | ChangeKind.ONLINE if change.term is not None:
            added = _beside(request, change.term.part)
            return _with_terms(request, (one for one in added if one.term == change.term))
        case ChangeKind.LATER if change.term is not None:
            return _until(request, change.term)
        case ChangeKind.NO_FINISH:
            return replace(request, finish=None)
        case ChangeKind.NO_PROGRAM:
            return replace(request, program="")
        case ChangeKind.WITHOUT:
            kept = tuple(one for one in request.also if one.id != change.course)
            return replace(request, also=kept)
        case ChangeKind.NO_LIMIT:
            held = tuple(one for one in request.limits if one.title != change.course)
            return replace(request, limits=held)
        case _:
            raise ValueError(f"change '{change.kind}': it names no term. Name the term it is for.")


def _unlocked(request: PlanRequest, lock: Placement) -> PlanRequest:
    return replace(
        request,
        locks=tuple(one for one in request.locks if one != lock),
        staff_locks=tuple(one for one in request.staff_locks if one != lock),
    )


def _beside(request: PlanRequest, part: Part) -> tuple[PlanTerm, ...]:
    """The summers, or online terms, that the years of the request do not have yet."""
    there = {entry.term for entry in request.terms}
    found: dict[Term, PlanTerm] = {}
    for entry in request.terms:
        term = Term(entry.term.year, part)
        begun = part is Part.ONLINE and entry.term.part in {Part.SPRING, Part.SUMMER}
        late = request.finish is not None and request.finish < term
        if term not in there and not begun and not late:
            found.setdefault(term, PlanTerm(term, entry.grade, most=EXTRA_LOAD))
    return tuple(found.values())


def _with_terms(request: PlanRequest, added: Iterable[PlanTerm]) -> PlanRequest:
    terms = sorted((*request.terms, *added), key=lambda one: one.term)
    last = request.on_time or (request.terms[-1].term if request.terms else None)
    return replace(request, terms=tuple(terms), on_time=last)


def longer(request: PlanRequest, *, count: int) -> PlanRequest:
    """Add terms after the last: fall and spring in turn, or whole years, at most in grade 12."""
    later = _later(request, count)
    return _until(request, later[-1].term) if later else request


def _until(request: PlanRequest, last: Term) -> PlanRequest:
    return _with_terms(request, takewhile(lambda one: one.term <= last, _following(request)))


def _later(request: PlanRequest, count: int) -> tuple[PlanTerm, ...]:
    """So many terms after the last one; what runs all year beside them is not counted."""
    ends = (
        one for one in _following(request) if one.term.part is not Part.YEAR or _by_years(request)
    )
    return tuple(islice(ends, count))


def _following(request: PlanRequest) -> Iterator[PlanTerm]:
    """The terms after the last one, without end; a year beside its fall and spring comes last."""
    years = [one for one in request.terms if one.term.part is Part.YEAR]
    halves = [one for one in request.terms if one.term.part in _HALVES]
    last = (halves or years or request.terms or [_last_of(request)])[-1]
    while True:
        year = last.term.year
        if last.term.part is Part.FALL:
            last = replace(last, term=Term(year, Part.SPRING), least=0)
            yield last
            if years and years[-1].term.year < year:
                yield replace(years[-1], term=Term(year, Part.YEAR), grade=last.grade, least=0)
            continue
        grade = max(last.grade, min(last.grade + 1, LAST_GRADE))
        part = Part.YEAR if _by_years(request) else Part.FALL
        last = replace(last, term=Term(year.plus(1), part), grade=grade, least=0)
        yield last


def _last_of(request: PlanRequest) -> PlanTerm:
    """The end of grade 12, or of the last year on the record, where no term is left to plan."""
    years = [one.term.year for one in request.record.courses if one.term is not None]
    last = max([request.record.entered_grade_9.plus(LAST_GRADE - FIRST_GRADE), *years])
    return PlanTerm(Term(last, Part.SPRING), LAST_GRADE)


def _by_years(request: PlanRequest) -> bool:
    """Whether the request plans whole years only."""
    parts = {one.term.part for one in request.terms}
    return Part.YEAR in parts and parts.isdisjoint(_HALVES)


# -- how changes are said


def fix_of(request: PlanRequest, changes: Sequence[Change]) -> Fix:
    """Put changes that help together into one sentence; what staff decide comes last."""
    changes = tuple(sorted(changes, key=lambda one: is_for_staff(request, one)))
    phrases = [
        (for_staff, _together(request, tuple(alike)))
        for (for_staff, _), alike in groupby(
            changes, key=lambda one: (is_for_staff(request, one), one.kind)
        )
    ]
    own = [words for for_staff, words in phrases if not for_staff]
    asked = _then([words for for_staff, words in phrases if for_staff])
    said = _then([*own, *([f"ask your counselor to {asked}"] if asked else [])])
    staff = any(for_staff for for_staff, _ in phrases)
    return Fix(f"{said[0].upper()}{said[1:]}.", changes, staff)


def _then(phrases: Sequence[str]) -> str:
    *before, last = phrases or [""]
    return f"{', '.join(before)}, and {last}" if before else last


def sentence(request: PlanRequest, change: Change) -> str:
    """Say a change of this request: "Take Geometry in summer 2027." """
    return fix_of(request, (change,)).sentence


def is_for_staff(request: PlanRequest, change: Change) -> bool:
    """Whether a change takes back what staff or the school decided."""
    match change.kind:
        case ChangeKind.UNLOCK if change.term is not None:
            return Placement(change.course, change.term) in request.staff_locks
        case ChangeKind.ALLOW:
            return change.course in request.staff_bans
        case _:
            return change.kind in _FOR_STAFF


def _together(request: PlanRequest, changes: Sequence[Change]) -> str:
    """Changes of one kind as something to do, to stand within a sentence."""
    kind, first = changes[0].kind, changes[0]
    names = all_of([title_in(request.catalog, one.course) for one in changes])
    match kind:
        case ChangeKind.UNLOCK if len(changes) > 1:
            return f"take off the locks on {names}"
        case ChangeKind.UNLOCK:
            entry = next((one for one in request.terms if one.term == first.term), None)
            return f"take off the lock on {names}{f' in {when(entry)}' if entry else ''}"
        case ChangeKind.ALLOW:
            return f"allow {names} again"
        case ChangeKind.SUMMER | ChangeKind.ONLINE:
            places = [
                f"{title_in(request.catalog, one.course) or 'a course'} {_place(one.term)}"
                for one in changes
                if one.term is not None
            ]
            return f"take {all_of(places)}"
        case ChangeKind.LATER if first.term is not None:
            return f"graduate {_how_much_later(request, first.term)} later, in {season(first.term)}"
        case ChangeKind.FULLER:
            return f"take up to {format_credits(first.amount)} more credits in each term"
        case ChangeKind.LIGHTER:
            return "allow terms with fewer credits"
        case ChangeKind.NO_FINISH:
            return "give up graduating early"
        case ChangeKind.NO_LIMIT:
            return f"lift the limit {all_of([one.course for one in changes])}"
        case ChangeKind.WITHOUT:
            titles = {one.id: one.title for one in request.also}
            return f"leave out {all_of([titles.get(one.course, one.course) for one in changes])}"
        case _:
            return f"choose another program than {_program(request)}, or none"


def _program(request: PlanRequest) -> str:
    programs = request.catalog.programs
    return next((one.title for one in programs if one.id == request.program), request.program)


def _place(term: Term) -> str:
    return f"online in {term.year}" if term.part is Part.ONLINE else f"in {season(term)}"


def _how_much_later(request: PlanRequest, term: Term) -> str:
    count = sum(one.term <= term for one in _later(request, MOST_LATER))
    whole = _by_years(request) or count > 1
    return "one school year" if whole else "one term"
