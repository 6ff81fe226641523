"""Planted conflicts in generated schools: found, minimal, with fixes that help, and how fast.

Run: ``python benchmarks/conflict.py [COUNT] [SEED]``; COUNT students for each size of catalog and
kind of conflict, eight catalogs of each size in turn. A conflict is planted only where there is a
plan without it, so every conflict found has to hold what was planted. Checks come before times;
times are processor time of the one thread that works, so that other work on the machine does not
count.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import cycle, islice
from math import ceil
from pathlib import Path
from random import Random
from time import process_time

import report
import students
from catalogs import generated
from demands import only

from pathloom.engine.catalog import Agreements, Catalog, CourseNeed
from pathloom.engine.planner.change import apply_all, possible_changes
from pathloom.engine.planner.conflict import Cause, Kind, lock_cause
from pathloom.engine.planner.diagnose import conflicts, explain, has_plan
from pathloom.engine.planner.probe import Probe
from pathloom.engine.planner.types import (
    Change,
    Infeasible,
    Limit,
    Placement,
    PlanRequest,
)
from pathloom.engine.planner.validate import checked
from pathloom.engine.rules.nodes import HasTag, Requirement, RuleSet
from pathloom.engine.units import Part

SIZES = (100, 200, 400)
CATALOGS = 8
DAY = students.DAYS[8]


@dataclass(frozen=True, slots=True)
class Planted:
    """A request with a conflict.

    ``one_of``: what each conflict of it has to hold, one of these sets whole. ``before`` is the
    same request without them.
    """

    request: PlanRequest
    before: PlanRequest
    one_of: tuple[frozenset[Cause], ...]


Plant = Callable[[PlanRequest, Random], Planted]


def courses_with(request: PlanRequest, tag: str) -> tuple[str, ...]:
    return tuple(one.id for one in request.catalog.courses if tag in one.tags)


def with_all(request: PlanRequest, before: PlanRequest, *causes: Cause) -> Planted:
    return Planted(request, before, (frozenset(causes),))


def bans(names: tuple[str, ...]) -> tuple[Cause, ...]:
    return tuple(Cause(Kind.BAN, name) for name in names)


def last_place(request: PlanRequest, course_id: str) -> Placement:
    course = request.catalog.course(course_id)
    assert course is not None
    terms = [
        one.term
        for one in request.terms
        if one.term.part in course.parts and one.grade in course.grades
    ]
    return Placement(course_id, terms[-1])


def late_lock(request: PlanRequest, chance: Random) -> Planted:
    """What everything in mathematics builds on, in the last term."""
    lock = last_place(request, courses_with(request, "algebra")[-1])
    return with_all(replace(request, locks=(lock,)), request, lock_cause(lock))


def late_program(request: PlanRequest, chance: Random) -> Planted:
    """The first step of the program in the last term, locked by staff."""
    program = next(one for one in request.catalog.programs if one.id == request.program)
    lock = last_place(request, program.steps[0].courses[0])
    causes = (lock_cause(lock), Cause(Kind.PROGRAM, request.program))
    return with_all(replace(request, staff_locks=(lock,)), request, *causes)


def ruled_out(request: PlanRequest, chance: Random) -> Planted:
    """Every course that a requirement of the diploma could count."""
    tag = chance.choice(("biology", "us-history", "economics", "health"))
    names = courses_with(request, tag)
    one_of = tuple(frozenset({ban}) for ban in bans(names))
    return Planted(replace(request, bans=names), request, one_of)


def ruled_out_by_staff(request: PlanRequest, chance: Random) -> Planted:
    """What a required course needs first."""
    names = courses_with(request, "geometry")[:1]
    return with_all(replace(request, staff_bans=names), request, *bans(names))


def too_light(request: PlanRequest, chance: Random) -> Planted:
    """Terms that hold less than the diploma asks for in all."""
    terms = tuple(replace(one, most=chance.choice((225, 250, 275))) for one in request.terms)
    return with_all(replace(request, terms=terms), request, Cause(Kind.MOST))


def short_days(request: PlanRequest, chance: Random) -> Planted:
    """Days with too few periods."""
    slots = chance.choice((3, 4, 5))
    terms = tuple(replace(one, slots=slots) for one in request.terms)
    return with_all(replace(request, terms=terms), request, Cause(Kind.SLOTS))


def crossing_loads(request: PlanRequest, chance: Random) -> Planted:
    """More asked for in a term than its day has room for."""
    terms = tuple(
        one if one.term.part is Part.YEAR else replace(one, least=350, slots=6)
        for one in request.terms
    )
    changed = replace(request, terms=terms)
    return with_all(changed, request, Cause(Kind.LEAST), Cause(Kind.SLOTS))


def too_early(request: PlanRequest, chance: Random) -> Planted:
    """Graduation two years early."""
    halves = [one.term for one in request.terms if one.term.part is not Part.YEAR]
    early = replace(request, finish=halves[chance.choice((2, 3))])
    return with_all(early, request, Cause(Kind.FINISH))


def limited(request: PlanRequest, chance: Random) -> Planted:
    """No room for what the diploma asks for."""
    tag = chance.choice(("biology", "geometry", "world-history"))
    limits = (*request.limits, Limit("Courses of one kind", tag, 0))
    cause = Cause(Kind.LIMIT, "Courses of one kind")
    return with_all(replace(request, limits=limits), request, cause)


def endorsed(request: PlanRequest, chance: Random) -> Planted:
    """An endorsement that the school has no courses for."""
    dance = Requirement("dance", "Dance", 100, HasTag("dance"), source="invented")
    ruleset = replace(
        request.ruleset,
        id="us-ga/dance/2026",
        title="Dance Seal",
        requirements=(dance,),
        total=0,
        overflow_into="",
        awards=(),
    )
    cause = Cause(Kind.REQUIREMENT, "us-ga/dance/2026/dance")
    return with_all(replace(request, also=(ruleset,)), request, cause)


def offered(request: PlanRequest, tag: str, part: Part) -> PlanRequest:
    courses = tuple(
        replace(one, parts=(part,)) if tag in one.tags else one for one in request.catalog.courses
    )
    return replace(request, catalog=replace(request.catalog, courses=courses))


def summer_only(request: PlanRequest, chance: Random) -> Planted:
    """A required course that is taught in summer only."""
    changed = offered(request, "health", Part.SUMMER)
    return with_all(changed, request, Cause(Kind.REQUIREMENT, "health"))


def online_only(request: PlanRequest, chance: Random) -> Planted:
    """A required course that is taught online only."""
    changed = offered(request, "economics", Part.ONLINE)
    return with_all(changed, request, Cause(Kind.REQUIREMENT, "economics"))


def alone(request: PlanRequest, chance: Random) -> Planted:
    """A required course that has to run with one that is ruled out."""
    other = next(one.id for one in request.catalog.courses if one.subject == "fine-arts")
    courses = tuple(
        replace(one, corequisites=(other,)) if "personal-fitness" in one.tags else one
        for one in request.catalog.courses
    )
    before = replace(request, catalog=replace(request.catalog, courses=courses))
    return with_all(replace(before, bans=(other,)), before, *bans((other,)))


def locked_twice(request: PlanRequest, chance: Random) -> Planted:
    """One course in two terms."""
    course = next(one for one in request.catalog.courses if Part.FALL in one.parts)
    places = [one.term for one in request.terms if one.term.part is Part.FALL]
    locks = (Placement(course.id, places[-1]), Placement(course.id, places[-2]))
    return with_all(replace(request, locks=locks), request, *map(lock_cause, locks))


def before_its_time(request: PlanRequest, chance: Random) -> Planted:
    """A course locked where what it needs first cannot be done."""
    found = [
        Placement(one.id, entry.term)
        for one in request.catalog.courses
        if isinstance(one.prerequisite, CourseNeed)
        for entry in request.terms[:3]
        if entry.term.part in one.parts and entry.grade in one.grades
    ]
    lock = found[0]
    return with_all(replace(request, locks=(lock,)), request, lock_cause(lock))


def two_at_once(request: PlanRequest, chance: Random) -> Planted:
    """Two conflicts that have nothing to do with each other: either is one."""
    first = late_lock(request, chance)
    second = ruled_out(first.request, chance)
    return Planted(second.request, request, (*first.one_of, *second.one_of))


PLANTS: tuple[Plant, ...] = (
    late_lock,
    late_program,
    ruled_out,
    ruled_out_by_staff,
    too_light,
    short_days,
    crossing_loads,
    too_early,
    limited,
    endorsed,
    summer_only,
    online_only,
    alone,
    locked_twice,
    before_its_time,
    two_at_once,
)


@dataclass(frozen=True, slots=True)
class Run:
    """One conflict explained, and all that was said of it checked."""

    milliseconds: float  # of processor time
    members: int
    fixed: bool  # a change helps; else it is sure that none does
    holds: bool  # what was planted is in the conflict


def explained(planted: Planted) -> Run:
    """Explain a conflict, and check everything that was said about it."""
    request = planted.request
    start = process_time()
    answer = explain(request)
    milliseconds = (process_time() - start) * 1000
    assert isinstance(answer, Infeasible), answer
    assert 1 <= len(answer.reasons) <= 3, answer.reasons
    found = conflict_of(request)
    fixes = [fix.changes for fix in answer.fixes if fix.changes]
    for changes in fixes:
        check_fix(request, changes)
    if not fixes:
        every = apply_all(request, possible_changes(request))
        assert has_plan(every) is False, "some change helps, and none was found"
    holds = any(each <= found for each in planted.one_of)
    return Run(milliseconds, len(found), bool(fixes), holds)


def conflict_of(request: PlanRequest) -> frozenset[Cause]:
    """The conflict found, after removing each of its members was tried on an edited request."""
    found = conflicts(Probe.of(request))[0].causes
    assert has_plan(only(request, found)) is False, found
    for cause in found:
        rest = [one for one in found if one != cause]
        assert has_plan(only(request, rest)) is True, (cause, found)
    return frozenset(found)


def check_fix(request: PlanRequest, changes: tuple[Change, ...]) -> None:
    """With all changes there is a plan, and without any one of them there is none."""
    assert has_plan(apply_all(request, changes)) is True, changes
    for change in changes:
        rest = [one for one in changes if one != change]
        assert has_plan(apply_all(request, rest)) is False, (change, changes)


def fresh(catalog: Catalog, agreements: Agreements, rules: RuleSet, chance: Random) -> PlanRequest:
    (asked,) = students.students(catalog, rules, chance, count=1, agreements=agreements)
    return checked(asked, as_of=DAY)


def planted(
    schools: list[tuple[Catalog, Agreements]], rules: RuleSet, chance: Random, *, plant: Plant
) -> Iterator[Planted]:
    """Requests with a conflict of one kind, without end, one from each school in turn."""
    for catalog, agreements in cycle(schools):
        found = plant(fresh(catalog, agreements, rules, chance), chance)
        if has_plan(found.before):
            yield found


def main(count: int = 6, seed: int = 20261122) -> None:
    """Explain ``count`` conflicts of each kind for each size of catalog."""
    rules, rows = students.rules(), []
    for size in SIZES:
        chance = Random(seed)
        schools = [generated(chance, courses=size) for _ in range(min(CATALOGS, count))]
        explain(late_lock(fresh(*schools[0], rules, chance), chance).request)
        gc.collect()
        every: list[float] = []
        for plant in PLANTS:
            asked = planted(schools, rules, chance, plant=plant)
            runs = [explained(one) for one in islice(asked, count)]
            every += [run.milliseconds for run in runs]
            name = plant.__name__.replace("_", " ")
            rows.append(_row(f"{size} courses: {name}", runs))
        rows.append(_times(f"{size} courses: all", every))
    report.write("Conflict (processor time)", rows, seed=seed)


def _row(what: str, runs: list[Run]) -> dict[str, str]:
    members, count = sorted(run.members for run in runs), len(runs)
    fixed = sum(run.fixed for run in runs)
    return _times(what, [run.milliseconds for run in runs]) | {
        "planted found": f"{sum(run.holds for run in runs)} of {count}",
        "members": f"{members[0]} to {members[-1]}",
        "with a fix": f"{fixed} of {count}",
        "no change helps": f"{count - fixed} of {count}" if fixed < count else "",
    }


def _times(what: str, times: list[float]) -> dict[str, str]:
    ordered = sorted(times)
    return {
        "what": what,
        "median": f"{ordered[len(ordered) // 2]:.0f} ms",
        "p95": f"{ordered[ceil(len(ordered) * 0.95) - 1]:.0f} ms",
        "worst": f"{ordered[-1]:.0f} ms",
        "planted found": "",
        "members": "",
        "with a fix": "",
        "no change helps": "",
    }


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    main(*(int(argument) for argument in sys.argv[1:]))
