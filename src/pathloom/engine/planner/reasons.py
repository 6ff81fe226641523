"""A smallest conflict in at most three sentences: what is asked for, what holds it up, the room."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pathloom.engine.catalog import CourseNeed
from pathloom.engine.planner.asked import COURSES, CREDIT, in_words, measures
from pathloom.engine.planner.candidates import Outlook, course_needs
from pathloom.engine.planner.conflict import Cause, Kind, lock_cause, title_of
from pathloom.engine.planner.probe import Probe
from pathloom.engine.planner.wording import when
from pathloom.engine.rules.caps import capped_credit, total_caps
from pathloom.engine.rules.nodes import Kind as RuleKind
from pathloom.engine.rules.nodes import RuleSet
from pathloom.engine.units import Credits, format_credits

NAMED = 4  # of a long list this many are named


def reasons(probe: Probe, causes: Sequence[Cause]) -> tuple[str, ...]:
    """What is asked for, what holds it up, and the room there is: one sentence each."""
    outlook = Outlook(probe.request, narrow=False)
    asked = [*_requirements(outlook, causes), *_program(outlook, causes), *_least(outlook, causes)]
    fixed = [*_named(outlook, causes, Kind.LOCK), *_named(outlook, causes, Kind.BAN)]
    room = [*_prerequisites(outlook, causes), *_most(outlook, causes)]
    if not fixed and not _of(causes, Kind.MOST):
        room += _at_most(probe, outlook, causes)
    groups = ("; ".join(part) for part in (asked, fixed, room) if part)
    return tuple(f"{group[0].upper()}{group[1:]}." for group in groups)


def _at_most(probe: Probe, outlook: Outlook, causes: Sequence[Cause]) -> Iterator[str]:
    """How much of what is asked for can still be taken, where that is not enough."""
    asked = [one for one in causes if one.kind is Kind.REQUIREMENT]
    asked = [one for one in causes if one.kind is Kind.TOTAL] or asked
    words = {_measure(outlook, one) for one in asked}
    if len(words) != 1 or "" in words:
        return
    others = [one for one in causes if one not in asked]
    needed = probe.least_short(asked, (), taking=False)
    left = probe.least_short(asked, others, taking=True)
    if needed is None or left is None:
        return
    counting = "" if asked[0].kind is Kind.TOTAL else " that counts for it"
    if left == needed:
        yield f"no course{counting} can be taken in the terms that are left"
        return
    most, all_ = f"{format_credits(needed - left)} more{counting}", format_credits(needed)
    if words == {COURSES}:
        more = (needed - left) // 100
        courses = "course that counts" if more == 1 else "courses that count"
        most, all_ = f"{more} more {courses} for it", str(needed // 100)
    yield (
        f"at most {most} can be taken in the terms that are left,"
        f" {all_} {'is' if needed <= 100 else 'are'} needed"
    )


def _measure(outlook: Outlook, cause: Cause) -> str:
    return CREDIT if cause.kind is Kind.TOTAL else measures(outlook.ruleset).get(cause.key, "")


def _of(causes: Sequence[Cause], kind: Kind) -> list[str]:
    return [cause.key for cause in causes if cause.kind is kind]


def _requirements(outlook: Outlook, causes: Sequence[Cause]) -> Iterator[str]:
    wanted = set(_of(causes, Kind.REQUIREMENT))
    asked = [words for name, words in in_words(outlook.ruleset).items() if name in wanted]
    if _of(causes, Kind.TOTAL):
        there = format_credits(credit_there(outlook))
        asked.append(f"{format_credits(credit_total(outlook))} in all, {there} are there")
    if asked:
        yield f"{_name(outlook.ruleset)} asks for {_list(asked)}"


def _name(ruleset: RuleSet) -> str:
    return "the diploma" if ruleset.kind is RuleKind.DIPLOMA else ruleset.title


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


def credit_total(outlook: Outlook) -> Credits:
    return outlook.ruleset.total - outlook.prepared.lowered


def credit_there(outlook: Outlook) -> Credits:
    """The credits that are earned or under way, as far as they count in the total."""
    prepared = outlook.prepared
    adding = [one for one in prepared.records if one.id not in prepared.outside_total]
    return capped_credit(adding, total_caps(prepared.ruleset))
