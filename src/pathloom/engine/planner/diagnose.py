"""Why there is no plan: a smallest conflict in sentences, and changes that were tried and help."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pathloom.engine.catalog import CourseNeed
from pathloom.engine.planner.candidates import Outlook, course_needs
from pathloom.engine.planner.conflict import Cause, Kind, contradictions, lock_cause, title_of, when
from pathloom.engine.planner.constraints import build, build_with_switches
from pathloom.engine.planner.model import Answer, Draft, solve
from pathloom.engine.planner.types import Infeasible, PlanRequest, PlanTerm, Undecided
from pathloom.engine.rules.facts import countable
from pathloom.engine.units import Part, Term, format_credits

MOST_CHANGES = 3
MORE_LOAD = (50, 100, 200)
SUMMER_LOAD = 100
NAMED = 4  # of a long list this many are named
LEFT_OUT_FIRST = (
    Kind.REQUIREMENT,
    Kind.PREREQUISITE,
    Kind.LEAST,
    Kind.MOST,
    Kind.LOCK,
    Kind.BAN,
    Kind.PROGRAM,
    Kind.TOTAL,
)


def explain(request: PlanRequest) -> Infeasible | Undecided:
    """Say why a request has no plan, for a request that has none.

    Returns:
        At most three sentences of reasons, and up to three changes, smallest first; each change
        was tried: with it alone there is a plan.
    """
    outlook = Outlook(request)
    plain = contradictions(outlook)
    if plain:
        causes = tuple(dict.fromkeys(cause for one in plain for cause in one.causes))
        reasons = tuple(one.sentence for one in plain[:3])
        return Infeasible(reasons, helpful_changes(request, causes))
    found = minimal_conflict(request)
    if found is None:
        return Undecided("No plan was found in the time given, and none was shown not to exist.")
    return Infeasible(_reasons(outlook, found), helpful_changes(request, found))


def has_plan(request: PlanRequest) -> bool | None:
    """Whether a request has a plan; None where that was not decided within its effort."""
    outlook = Outlook(request)
    if contradictions(outlook):
        return False
    outcome = solve(build(outlook).model, seed=request.seed, effort=request.effort)
    match outcome.answer:
        case Answer.OPTIMAL | Answer.FOUND:
            return True
        case Answer.NONE:
            return False
        case Answer.UNKNOWN:
            return None


def minimal_conflict(request: PlanRequest) -> tuple[Cause, ...] | None:
    """Find demands that cannot hold together, none of which could be left out.

    Whole kinds of demands are left out first, so that the conflict is about few things; then
    QuickXplain (Junker 2004) finds a minimal one. None: not decided.
    """
    draft = build_with_switches(request)
    kept = list(draft.switches)
    if not _impossible(draft, kept):
        return None
    for kind in LEFT_OUT_FIRST:
        fewer = [cause for cause in kept if cause.kind is not kind]
        if len(fewer) < len(kept) and _impossible(draft, fewer):
            kept = fewer
    return tuple(_smallest(draft, [], kept, grown=True))


def _smallest(draft: Draft, given: list[Cause], causes: list[Cause], *, grown: bool) -> list[Cause]:
    """Those of ``causes`` that are needed to make ``given`` impossible."""
    if grown and given and _impossible(draft, given):
        return []
    if len(causes) <= 1:
        return causes
    half = len(causes) // 2
    left, right = causes[:half], causes[half:]
    from_right = _smallest(draft, [*given, *left], right, grown=True)
    from_left = _smallest(draft, [*given, *from_right], left, grown=bool(from_right))
    return [*from_left, *from_right]


def _impossible(draft: Draft, causes: Sequence[Cause]) -> bool:
    """Whether it is proved that these demands cannot hold together."""
    model = draft.model.clone()
    for cause, switch in draft.switches.items():
        model.add(model.get_bool_var_from_proto_index(switch.index) == int(cause in causes))
    request = draft.outlook.request
    return solve(model, seed=request.seed, effort=request.effort).answer is Answer.NONE


# -- sentences


def _reasons(outlook: Outlook, causes: Sequence[Cause]) -> tuple[str, ...]:
    """What is asked for, what holds it up, and the room there is: one sentence each."""
    asked = [*_requirements(outlook, causes), *_program(outlook, causes), *_least(outlook, causes)]
    fixed = [*_named(outlook, causes, Kind.LOCK), *_named(outlook, causes, Kind.BAN)]
    room = [*_prerequisites(outlook, causes), *_most(outlook, causes)]
    if not room and not fixed:
        room = ["no course that counts for it can be taken in the terms that are left"]
    groups = ("; ".join(part) for part in (asked, fixed, room) if part)
    return tuple(f"{group[0].upper()}{group[1:]}." for group in groups)


def _of(causes: Sequence[Cause], kind: Kind) -> list[str]:
    return [cause.key for cause in causes if cause.kind is kind]


def _requirements(outlook: Outlook, causes: Sequence[Cause]) -> Iterator[str]:
    ruleset = outlook.request.ruleset
    wanted = set(_of(causes, Kind.REQUIREMENT))
    names = [
        f"{one.title} ({format_credits(one.open_part or one.earn)})"
        for one in ruleset.walk()
        if one.id in wanted
    ]
    if _of(causes, Kind.TOTAL):
        there = sum(one.credits for one in countable(outlook.request.record, ruleset))
        names.append(f"{format_credits(ruleset.total)} in all, {format_credits(there)} are there")
    if names:
        yield f"the diploma asks for {_list(names)}"


def _program(outlook: Outlook, causes: Sequence[Cause]) -> Iterator[str]:
    if _of(causes, Kind.PROGRAM) and outlook.program:
        steps = " before ".join(
            " or ".join(title_of(outlook, course) for course in step.courses)
            for step in outlook.steps
        )
        yield f"the program {outlook.program.title} still needs {steps}"


def _least(outlook: Outlook, causes: Sequence[Cause]) -> Iterator[str]:
    if _of(causes, Kind.LEAST):
        least = max(entry.least for entry in outlook.request.terms)
        yield f"your school asks for at least {format_credits(least)} credits in a term"


def _named(outlook: Outlook, causes: Sequence[Cause], kind: Kind) -> Iterator[str]:
    request = outlook.request
    names = _of(causes, kind)
    if kind is Kind.BAN:
        named = [title_of(outlook, name) for name in names]
    else:
        terms = {entry.term: entry for entry in request.terms}
        named = [
            f"{title_of(outlook, lock.course)} in {when(terms[lock.term])}"
            for lock in request.locks
            if lock_cause(lock).key in names
        ]
    if named:
        yield f"{'ruled out' if kind is Kind.BAN else 'locked'}: {_list(named)}"


def _prerequisites(outlook: Outlook, causes: Sequence[Cause]) -> Iterator[str]:
    waits = sorted(_of(causes, Kind.PREREQUISITE), key=lambda one: (_depth(outlook, one), one))
    for course_id in waits[: NAMED - 1]:
        course = outlook.courses[course_id]
        needs = [one for one in course_needs(course.prerequisite) if not outlook.holds(one)]
        names = " and ".join(dict.fromkeys(_need(outlook, need) for need in needs))
        yield f"{course.title} has to wait for {names}"
    if len(waits) >= NAMED:
        yield f"{len(waits) - NAMED + 1} more courses have to wait for others"


def _need(outlook: Outlook, need: CourseNeed) -> str:
    mark = f" with {need.minimum} or better" if need.minimum else ""
    return f"{title_of(outlook, need.course)}{mark}"


def _depth(outlook: Outlook, course_id: str) -> int:
    """How many courses stand before a course, one behind the other."""
    course = outlook.courses.get(course_id)
    needs = course_needs(course.prerequisite) if course else ()
    return 1 + max((_depth(outlook, need.course) for need in needs), default=0)


def _list(names: Sequence[str]) -> str:
    more = len(names) - NAMED
    return ", ".join(names) if more <= 0 else f"{', '.join(names[:NAMED])} and {more} more"


def _most(outlook: Outlook, causes: Sequence[Cause]) -> Iterator[str]:
    if _of(causes, Kind.MOST):
        terms = outlook.request.terms
        room = format_credits(sum(entry.most for entry in terms))
        count = "one term" if len(terms) == 1 else f"{len(terms)} terms"
        yield f"only {room} credits fit into the {count} left"


# -- changes


def helpful_changes(request: PlanRequest, causes: Sequence[Cause]) -> tuple[str, ...]:
    """Try changes, smallest first, and keep those with which there is a plan."""
    helpful: list[str] = []
    kinds: set[str] = set()
    for kind, sentence, changed in _changes(request, causes):
        if kind in kinds or not has_plan(changed):
            continue
        if kind in {"load", "summer", "terms"}:
            kinds.add(kind)  # the smallest of its kind is enough
        helpful.append(sentence)
        if len(helpful) == MOST_CHANGES:
            break
    return tuple(helpful) or ("No single change is enough. Talk with your counselor.",)


def _changes(
    request: PlanRequest, causes: Sequence[Cause]
) -> Iterator[tuple[str, str, PlanRequest]]:
    outlook = Outlook(request)
    for lock in dict.fromkeys(request.locks):
        if lock_cause(lock) in causes:
            kept = tuple(one for one in request.locks if one != lock)
            title = title_of(outlook, lock.course)
            where = next(when(entry) for entry in request.terms if entry.term == lock.term)
            yield "", f"Take off the lock on {title} in {where}.", replace(request, locks=kept)
    for ban in _of(causes, Kind.BAN):
        kept_bans = tuple(one for one in request.bans if one != ban)
        yield "", f"Allow {title_of(outlook, ban)} again.", replace(request, bans=kept_bans)
    if _of(causes, Kind.LEAST):
        lighter = tuple(replace(entry, least=0) for entry in request.terms)
        yield "", "Ask your school for lighter terms.", replace(request, terms=lighter)
    for extra in MORE_LOAD:
        fuller = tuple(replace(entry, most=entry.most + extra) for entry in request.terms)
        yield (
            "load",
            f"Take up to {format_credits(extra)} more credits in each term.",
            replace(request, terms=fuller),
        )
    yield from _more_terms(request)
    if request.program and outlook.program:
        sentence = f"Choose another program than {outlook.program.title}, or none."
        yield "", sentence, replace(request, program="")


def _more_terms(request: PlanRequest) -> Iterator[tuple[str, str, PlanRequest]]:
    years = {entry.term.year: entry.grade for entry in request.terms}
    there = {entry.term for entry in request.terms}
    summers = [
        PlanTerm(Term(year, Part.SUMMER), grade, most=SUMMER_LOAD)
        for year, grade in years.items()
        if Term(year, Part.SUMMER) not in there
    ]
    for count in range(1, len(summers) + 1):
        added = tuple(sorted((*request.terms, *summers[:count]), key=lambda one: one.term))
        words = "Use summer school once." if count == 1 else f"Use summer school {count} times."
        yield "summer", words, replace(request, terms=added)
    if not request.terms:
        return
    last = max(request.terms, key=lambda one: one.term)
    after = [
        PlanTerm(Term(last.term.year.plus(1), part), last.grade, most=last.most)
        for part in (Part.FALL, Part.SPRING)
    ]
    for count in (1, 2):
        words = "Add one more term after the last." if count == 1 else "Add one more school year."
        yield "terms", words, replace(request, terms=(*request.terms, *after[:count]))
