"""What every plan has to obey, as solver constraints."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from pathloom.engine.catalog import AllOf, AnyOf, CourseNeed, Need, Step
from pathloom.engine.encoding import TOTAL, Item, encode_whole
from pathloom.engine.encoding.conditions import is_met_without_courses
from pathloom.engine.planner.beyond import demanded, optional
from pathloom.engine.planner.candidates import Candidate, Outlook, candidates, term_indexes
from pathloom.engine.planner.conflict import Cause, Kind, lock_cause
from pathloom.engine.planner.limits import add_limits
from pathloom.engine.planner.loads import load_of, slots_of
from pathloom.engine.planner.model import Draft, start
from pathloom.engine.planner.outlook import planned_record
from pathloom.engine.planner.types import PlanRequest
from pathloom.engine.record import CourseRecord
from pathloom.engine.rules.facts import Prepared
from pathloom.engine.rules.nodes import Requirement, RuleSet

if TYPE_CHECKING:
    from pathloom.engine.encoding.items import Literal
    from pathloom.engine.planner.model import Linear


def build(outlook: Outlook) -> Draft:
    """Pose the whole problem but its goals."""
    draft = start(outlook, candidates(outlook))
    _add_all(draft)
    break_ties(draft)
    return draft


def build_with_switches(request: PlanRequest) -> Draft:
    """Pose the problem so that every demand of the request can be switched off."""
    outlook = Outlook(replace(request, bans=(), staff_bans=()), narrow=False)
    draft = start(outlook, candidates(outlook, every=True), explain=True)
    _add_all(draft)
    for ban in request.all_bans:
        taken = draft.sum_of(ban, draft.terms_of(ban))
        draft.demand(taken == 0, Cause(Kind.BAN, ban))
    late = [place for place in draft.takes if outlook.is_after(place[1], request.finish)]
    if late:
        draft.demand(sum(draft.takes[place] for place in late) == 0, Cause(Kind.FINISH))
    return draft


def _add_all(draft: Draft) -> None:
    add_locks(draft)
    add_loads(draft)
    add_limits(draft)
    add_prerequisites(draft)
    add_corequisites(draft)
    add_program(draft)
    add_requirements(draft)


def add_locks(draft: Draft) -> None:
    indexes = term_indexes(draft.outlook.request)
    for lock in draft.outlook.request.all_locks:
        taken = draft.sum_of(lock.course, (indexes[lock.term],))
        draft.demand(taken == 1, lock_cause(lock))


def add_loads(draft: Draft) -> None:
    """Credit and periods of each term; courses of a full year count in fall and spring too."""
    request = draft.outlook.request
    for index, entry in enumerate(request.terms):
        load = load_of(draft, index)
        if not isinstance(load, int):
            draft.demand(load <= entry.most, Cause(Kind.MOST))
        if entry.least and not draft.outlook.is_after(index, request.finish):
            draft.demand(load >= entry.least, Cause(Kind.LEAST))
        slots = 0 if entry.slots is None else slots_of(draft, index)
        if entry.slots is not None and not isinstance(slots, int):
            draft.demand(slots <= entry.slots, Cause(Kind.SLOTS))


def add_prerequisites(draft: Draft) -> None:
    for candidate in draft.pool:
        need = candidate.course.prerequisite
        if need is not None:
            for index, taken in _so_far(draft, candidate):
                _require(draft, candidate, taken, need, index)


def _so_far(draft: Draft, candidate: Candidate) -> Iterator[tuple[int, Linear]]:
    """How often a course has begun by the begin of each of its terms.

    Summed over all terms so far the relaxation is tighter than term by term; one term stands for
    all that begin with it. A course that may be repeated is looked at in each term by itself.
    """
    name, terms = candidate.course.id, draft.outlook.request.terms
    if candidate.course.repeatable:
        for index in candidate.terms:
            yield index, draft.takes[name, index]
        return
    begins = {index: terms[index].term.begins for index in candidate.terms}
    for begin in dict.fromkeys(begins.values()):
        begun = [index for index, other in begins.items() if other <= begin]
        yield begun[-1], draft.sum_of(name, begun)


def add_corequisites(draft: Draft) -> None:
    """What has to run together with a course stands in a term that runs at the same time."""
    for candidate in draft.pool:
        name = candidate.course.id
        for other in draft.outlook.company(candidate.course):
            for index in candidate.terms:
                beside = draft.sum_of(other, draft.outlook.overlapping(index))
                cause = Cause(Kind.COREQUISITE, name)
                draft.demand(draft.takes[name, index] <= beside, cause)


def _require(draft: Draft, candidate: Candidate, taken: Linear, need: Need, index: int) -> None:
    if isinstance(need, AllOf):
        for part in need.all:
            _require(draft, candidate, taken, part, index)
        return
    supply = _supply(draft, need, index)
    if supply is not None:
        draft.demand(taken <= supply, Cause(Kind.PREREQUISITE, candidate.course.id))


def _supply(draft: Draft, need: Need, index: int) -> Linear | None:
    """How much of a prerequisite is there in time: at least 1 when it holds; None: it holds now."""
    match need:
        case CourseNeed():
            if draft.outlook.holds(need):
                return None
            return draft.sum_of(need.course, draft.outlook.before(need, index))
        case AnyOf(any=needs):
            found = _supplies(draft, needs, index)
            return sum(found) if len(found) == len(needs) else None
        case AllOf(all=needs):
            found = _supplies(draft, needs, index)
            if not found:
                return None
            together = draft.model.new_bool_var("")
            for part in found:
                draft.model.add(together <= part)
            return together


def _supplies(draft: Draft, needs: tuple[Need, ...], index: int) -> list[Linear]:
    """The supplies of those needs that do not hold already."""
    found = (_supply(draft, need, index) for need in needs)
    return [supply for supply in found if supply is not None]


def add_program(draft: Draft) -> None:
    """Each required step of the program once, each strictly later than the one before."""
    cause = Cause(Kind.PROGRAM, draft.outlook.request.program)
    for step in draft.outlook.steps:
        chosen = _step_choice(draft, step)
        draft.demand(sum(chosen.values()) == 1, cause)
        draft.steps.append((step, chosen))
    for (_, earlier), (_, later) in pairwise(draft.steps):
        for index in later:
            so_far = sum(later[other] for other in later if other <= index)
            before = sum(earlier[i] for i in earlier if draft.outlook.precedes(i, index))
            draft.demand(so_far <= before, cause)


def _step_choice(draft: Draft, step: Step) -> dict[int, Linear]:
    """Per term index, whether the step is taken then: by one course in one term."""
    places = [(name, index) for name, index in draft.takes if name in step.courses]
    by_term: dict[int, list[Linear]] = defaultdict(list)
    alone = len({name for name, _ in places}) == 1 and places[0][0] in draft.taken
    for place in places:
        chosen = draft.takes[place]
        if not alone:
            chosen = draft.model.new_bool_var("")
            draft.model.add_implication(chosen, draft.takes[place])
        by_term[place[1]].append(chosen)
    return {index: sum(found) for index, found in by_term.items()}


def add_requirements(draft: Draft) -> None:
    """Everything that courses can fulfil of each rule set, by what is there and what is planned.

    A course may count under several rule sets: each allocates by itself.
    """
    present, planned = _planned(draft)
    for prepared in draft.outlook.prepare(planned):
        items = [Item(each, present.get(each.id, True)) for each in prepared.record.courses]
        _add_ruleset(draft, prepared, items)


def key_of(outlook: Outlook, ruleset: RuleSet, name: str = "") -> str:
    """The key of a cause in a rule set: that of the diploma has no prefix, the total no name."""
    if ruleset.id == outlook.ruleset.id:
        return name
    return f"{ruleset.id}/{name}" if name else ruleset.id


def _add_ruleset(draft: Draft, prepared: Prepared, items: list[Item]) -> None:
    whole, ruleset = encode_whole(draft.model, prepared, items), prepared.ruleset
    short: dict[Cause, Linear] = {}

    def met(node: Requirement) -> bool:
        return is_met_without_courses(node, prepared)

    def cause(name: str) -> Cause:
        return Cause(Kind.REQUIREMENT, key_of(draft.outlook, ruleset, name))

    for node in ruleset.requirements:
        if node.earn:
            short |= {cause(name): amount for name, amount in _by_place(node, whole.short)}
    for node in demanded(ruleset, met):
        short[cause(node.id)] = whole.short[node.id]
    short[Cause(Kind.TOTAL, key_of(draft.outlook, ruleset))] = whole.short[TOTAL]
    for demand, amount in short.items():
        draft.demand(amount == 0, demand)
    draft.short |= short
    for node in optional(ruleset, met):
        draft.optional[node] = (whole.short[node.id], whole.conditions.undone(node))


def _planned(draft: Draft) -> tuple[dict[str, Literal], list[CourseRecord]]:
    """Records of all courses that may be planned, and what says of each whether it is."""
    request = draft.outlook.request
    present: dict[str, Literal] = {}
    planned: list[CourseRecord] = []
    for candidate in draft.pool:
        course = candidate.course
        if course.id in draft.taken:
            planned.append(draft.outlook.ahead[course.id])
            present[planned[-1].id] = draft.taken[course.id]
            continue
        for index in candidate.terms:
            planned.append(planned_record(course, request.terms[index].term))
            present[planned[-1].id] = draft.takes[course.id, index]
    return present, planned


def _by_place(node: Requirement, short: Mapping[str, Linear]) -> Iterator[tuple[str, Linear]]:
    """What is missing of a requirement's own place, of ``among`` and of each part; in file order.

    A choice is one demand: which alternative is taken is open.
    """
    if node.of:
        yield node.id, short[node.id]
        return
    besides = [each.id for each in node.among if each.id in short]
    inside = [*(part.id for part in node.include), *besides]
    yield node.id, short[node.id] - sum(short[name] for name in inside)
    for name in besides:
        yield name, short[name]
    for part in node.include:
        yield from _by_place(part, short)


def break_ties(draft: Draft) -> None:
    """Of interchangeable courses the first by id is taken first, and not later than the next."""
    groups: dict[tuple[object, ...], list[Candidate]] = defaultdict(list)
    for candidate in draft.pool:
        if candidate.likeness is not None and not candidate.course.repeatable:
            groups[candidate.likeness].append(candidate)
    for group in groups.values():
        for first, second in pairwise(group):
            for index in first.terms:
                so_far = [other for other in first.terms if other <= index]
                draft.model.add(
                    draft.sum_of(second.course.id, so_far) <= draft.sum_of(first.course.id, so_far)
                )
