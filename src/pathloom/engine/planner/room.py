"""How much credit is asked for in all, how much is there, and how much the terms hold."""

from __future__ import annotations

from collections.abc import Collection

from pathloom.engine.planner.candidates import Outlook
from pathloom.engine.planner.conflict import Kind
from pathloom.engine.planner.loads import share
from pathloom.engine.planner.types import PlanTerm
from pathloom.engine.rules.caps import capped_credit, total_caps
from pathloom.engine.rules.facts import Prepared
from pathloom.engine.rules.matchers import predicate
from pathloom.engine.units import Credits, Part, Term

PLENTY: Credits = 100_000  # a term without a bound of the kind that is looked at


def too_full(outlook: Outlook) -> frozenset[Kind]:
    """What bounds the terms so that the total does not fit, whatever is taken; empty if it may.

    Seen without a solver: by the credit that terms hold, by their periods, or by both together.
    """
    prepared = outlook.prepared
    needed = credit_total(prepared) - credit_there(prepared) - _awards(outlook)
    for kinds in ({Kind.MOST}, {Kind.SLOTS}, {Kind.MOST, Kind.SLOTS}):
        if outlook.in_units_of_rules(room_in_terms(outlook, kinds)) < needed:
            return frozenset(kinds)
    return frozenset()


def _awards(outlook: Outlook) -> Credits:
    """Credit that rules could grant for courses of the catalog, in the total."""
    records = outlook.ahead.values()
    granted = 0
    for award in outlook.ruleset.awards:
        match = award.have.match if award.have else award.when
        if award.in_total and (match is None or any(map(predicate(match), records))):
            granted += award.credits
    return granted


def credit_total(prepared: Prepared) -> Credits:
    return prepared.ruleset.total - prepared.lowered


def credit_there(prepared: Prepared) -> Credits:
    """The credits that are earned or under way, as far as they count in the total."""
    adding = [one for one in prepared.records if one.id not in prepared.outside_total]
    return capped_credit(adding, total_caps(prepared.ruleset))


def room_in_terms(outlook: Outlook, kinds: Collection[Kind]) -> Credits:
    """How much credit fits at most, by the loads of terms, by their periods, or by both."""
    rooms = []
    for index, entry in own_terms(outlook):
        bounds = [entry.most] if Kind.MOST in kinds else []
        if Kind.SLOTS in kinds and entry.slots is not None and entry.term.part is not Part.ONLINE:
            bounds.append(_in_periods(outlook, index, entry.slots))
        rooms.append(min(bounds, default=PLENTY))
    return sum(rooms)


def own_terms(outlook: Outlook) -> list[tuple[int, PlanTerm]]:
    """The terms until the finish; a full year beside its fall and spring is no room of its own."""
    request = outlook.request
    terms = {entry.term for entry in request.terms}
    return [
        (index, entry)
        for index, entry in enumerate(request.terms)
        if not outlook.is_after(index, request.finish) and not _is_beside(entry.term, terms)
    ]


def _in_periods(outlook: Outlook, index: int, slots: int) -> Credits:
    """The credit that so many periods hold, all filled with the courses that earn most in one."""
    terms = outlook.request.terms
    best = 0
    for other in outlook.running(index):
        for course in outlook.courses.values():
            if terms[other].term.part in course.parts:
                credit = share(course.credits, whole=other == index)
                best = max(best, slots * credit // course.slots)
    return best


def _is_beside(term: Term, terms: set[Term]) -> bool:
    halves = {Term(term.year, part) for part in (Part.FALL, Part.SPRING)}
    return term.part is Part.YEAR and halves <= terms
