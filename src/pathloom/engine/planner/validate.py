"""Checks a plan request before it is solved: every mistake at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from math import inf

from pathloom.engine.catalog import check_agreements, check_catalog
from pathloom.engine.errors import CatalogError, Problems, RequestError, nearest, place_in
from pathloom.engine.planner.named import check_names
from pathloom.engine.planner.types import Counted, PlanRequest, PlanTerm
from pathloom.engine.record import State
from pathloom.engine.rules.exceptions import out_of_time
from pathloom.engine.rules.facts import complete
from pathloom.engine.units import Term

MOST_PERIODS = 24  # of a day
MOST_CREDITS = 100_000  # in hundredths, as ``units.parse_credits`` reads
CREDITS = "Write an amount from 0 to 1000."


def checked(request: PlanRequest, *, as_of: date) -> PlanRequest:
    """Check a request, and complete its record from the catalog.

    Args:
        request: as it was asked.
        as_of: the day; a plan counts on the exceptions of staff that hold then, to its end.
    Returns:
        The request with facts filled in, without courses that were only planned and without
        exceptions that do not hold.
    Raises:
        CatalogError: the catalog is empty or wrong (a prerequisite cycle, for instance).
        RecordError: the record names a course that is not there.
        RequestError: everything else, all mistakes at once.
    """
    where = f"catalog '{request.catalog.id}'"
    problems = Problems()
    if not request.catalog.courses:
        problems.add(where, "it has no courses", "Add the courses the school offers.")
    problems.extend(check_catalog(request.catalog, where=where))
    problems.raise_if_any(CatalogError)
    behind = tuple(one for one in request.record.courses if one.state is not State.PLANNED)
    held = tuple(
        replace(one, until=None) for one in request.record.exceptions if not out_of_time(one, as_of)
    )
    record = replace(request.record, courses=behind, exceptions=held)
    record = complete(record, request.catalog)
    _check_terms(request, problems)
    _check_solver(request, problems)
    check_names(request, problems)
    _check_rulesets(request, problems)
    _check_limits(request, problems)
    if request.agreements is not None:
        place = place_in("request, agreements")
        # A student may bring college credit from courses and programs of another school.
        problems.extend(check_agreements(request.agreements, catalog=None, place=place))
    problems.raise_if_any(RequestError)
    return replace(request, record=record)


def _check_terms(request: PlanRequest, problems: Problems) -> None:
    terms = request.terms
    for index, entry in enumerate(terms):
        where = f"request, terms {index + 1} ({entry.term})"
        for what, fix in _load_mistakes(entry):
            problems.add(where, what, fix)
        if index and entry.term < terms[index - 1].term:
            problems.add(
                where, "it comes before the term above it", "List terms in calendar order."
            )
    for term, count in Counter(entry.term for entry in terms).items():
        if count > 1:
            problems.add(
                "request, terms", f"{term} stands there {count} times", "List each term once."
            )
    there = [entry.term for entry in terms]
    if request.finish is not None and request.finish not in there:
        _add_unknown_term("finish", request.finish, there, problems)
    late = there and request.on_time and all(request.on_time.ends < term.ends for term in there)
    if request.on_time is not None and request.on_time not in there and not late:
        _add_unknown_term("on_time", request.on_time, there, problems)


def _load_mistakes(entry: PlanTerm) -> Iterator[tuple[str, str]]:
    """What is wrong with the load of a term, and what to do about it."""
    amounts = {"most": entry.most, "least": entry.least, "target": entry.target or 0}
    for name, amount in amounts.items():
        if not 0 <= amount <= MOST_CREDITS:
            yield f"'{name}' is out of range", CREDITS
    if entry.least > entry.most:
        yield "'least' is more than 'most'", "Lower 'least', or raise 'most'."
    if entry.target is not None and entry.target > entry.most:
        yield "'target' is more than 'most'", "Lower 'target', or raise 'most'."
    if entry.target is not None and entry.target < entry.least:
        yield "'target' is less than 'least'", "Raise 'target', or lower 'least'."
    if entry.slots is not None and not 1 <= entry.slots <= MOST_PERIODS:
        fix = f"Write how many periods a day has, 1 to {MOST_PERIODS}, or leave 'slots' out."
        yield f"it has {entry.slots} slots", fix


def _check_rulesets(request: PlanRequest, problems: Problems) -> None:
    ids = [request.ruleset.id, *(each.id for each in request.also)]
    for number, name in enumerate(ids[1:], start=1):
        if name in ids[:number]:
            problems.add(
                f"request, also {number}",
                f"the rules '{name}' are asked for twice",
                "Keep one of them.",
            )


def _check_limits(request: PlanRequest, problems: Problems) -> None:
    """A limit on a tag that no course has is no mistake: it holds back nothing."""
    titles = [limit.title for limit in request.limits]
    for number, limit in enumerate(request.limits, start=1):
        where = f"request, limits {number}"
        if not limit.title.strip():
            problems.add(where, "no title", "Say what it limits.")
        elif limit.title in titles[: number - 1]:
            what = f"the title '{limit.title}' stands there twice"
            problems.add(where, what, "Give each limit a title of its own.")
        if not 0 <= limit.most <= MOST_CREDITS:
            problems.add(where, "'most' is out of range", CREDITS)
        if not limit.tag.strip():
            problems.add(where, "no tag", "Name the tag of the courses that it limits.")
        if limit.counted is Counted.HOURS and request.agreements is None:
            what = "it counts hours at a college, and no agreements say them"
            problems.add(where, what, "Add agreements, or count credits or courses.")


def _check_solver(request: PlanRequest, problems: Problems) -> None:
    if not 0 < request.effort < inf:
        problems.add("request, effort", "it is not above 0", "Leave it out, or write 5.")
    if not 0 <= request.seed < 2**31:
        problems.add("request, seed", "it is out of range", "Write a whole number from 0 up.")


def _add_unknown_term(name: str, term: Term, there: Sequence[Term], problems: Problems) -> None:
    problems.add(
        f"request, {name}",
        f"{term} is not one of the terms to plan",
        nearest(str(term), (str(each) for each in there)),
    )
