"""Why there is no plan: a smallest conflict in sentences, and changes that were tried and help."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, islice
from typing import TYPE_CHECKING

from pathloom.engine.catalog import CourseNeed
from pathloom.engine.encoding.reading import value_of
from pathloom.engine.planner.asked import COURSES, CREDIT, in_words, measures
from pathloom.engine.planner.candidates import Outlook, course_needs
from pathloom.engine.planner.change import apply_all, fix_of, possible_changes
from pathloom.engine.planner.conflict import Cause, Kind, contradictions, lock_cause, title_of
from pathloom.engine.planner.constraints import build, build_with_switches
from pathloom.engine.planner.model import Answer, Draft, solve
from pathloom.engine.planner.types import ChangeKind, Fix, Infeasible, PlanRequest, Undecided
from pathloom.engine.planner.wording import when
from pathloom.engine.rules.caps import capped_credit, total_caps
from pathloom.engine.rules.nodes import Kind as RuleKind
from pathloom.engine.rules.nodes import RuleSet
from pathloom.engine.units import Credits, format_credits

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel

MOST_CHANGES = 3
MOST_PAIRS = 40
BESIDE = (ChangeKind.UNLOCK, ChangeKind.ALLOW)
ASK = "Talk with your counselor: no change that was tried is enough, not even two together."
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
    found = _conflict(request)
    if found is None:
        return Undecided("No plan was found in the time given, and none was shown not to exist.")
    reasons, _ = found
    return Infeasible(reasons, helpful_changes(request))


def reasons_against(request: PlanRequest) -> tuple[str, ...]:
    """Say why a request has no plan, without looking for changes; empty: not decided."""
    found = _conflict(request)
    return found[0] if found else ()


def _conflict(request: PlanRequest) -> tuple[tuple[str, ...], tuple[Cause, ...]] | None:
    """At most three sentences of reasons, and the demands they are about."""
    plain = contradictions(Outlook(request))
    if plain:
        causes = tuple(dict.fromkeys(cause for one in plain for cause in one.causes))
        return tuple(one.sentence for one in plain[:3]), causes
    draft = build_with_switches(request)
    found = smallest_conflict(draft)
    return None if found is None else (_reasons(draft, found), found)


def has_plan(request: PlanRequest) -> bool | None:
    """Whether a request has a plan; None where that was not decided within its effort."""
    outlook = Outlook(request)
    if contradictions(outlook) or _too_full(request):
        return False
    outcome = solve(build(outlook).model, seed=request.seed, effort=request.effort)
    match outcome.answer:
        case Answer.OPTIMAL | Answer.FOUND:
            return True
        case Answer.NONE:
            return False
        case Answer.UNKNOWN:
            return None


def _too_full(request: PlanRequest) -> bool:
    """Whether the terms have no room for the total, whatever is taken: seen without a solver."""
    outlook = Outlook(request)
    room = outlook.in_units_of_rules(sum(entry.most for entry in request.terms))
    awards = sum(award.credits for award in outlook.ruleset.awards)
    return _there(outlook) + room + awards < _total(outlook)


def _total(outlook: Outlook) -> Credits:
    return outlook.ruleset.total - outlook.prepared.lowered


def _there(outlook: Outlook) -> Credits:
    """The credits that are earned or under way, as far as they count in the total."""
    prepared = outlook.prepared
    adding = [one for one in prepared.records if one.id not in prepared.outside_total]
    return capped_credit(adding, total_caps(prepared.ruleset))


def minimal_conflict(request: PlanRequest) -> tuple[Cause, ...] | None:
    """Find demands that cannot hold together, none of which could be left out.

    Whole kinds of demands are left out first, so that the conflict is about few things; then
    QuickXplain (Junker 2004) finds a minimal one. None: not decided.
    """
    return smallest_conflict(build_with_switches(request))


def smallest_conflict(draft: Draft) -> tuple[Cause, ...] | None:
    """Find a minimal conflict in a posed problem with switches: see ``minimal_conflict``."""
    probe = Probe(draft)
    kept = list(draft.switches)
    if not probe.impossible(kept):
        return None
    for kind in LEFT_OUT_FIRST:
        fewer = [cause for cause in kept if cause.kind is not kind]
        if len(fewer) < len(kept) and probe.impossible(fewer):
            kept = fewer
    return tuple(_smallest(probe, [], probe.core(kept), grown=True))


@dataclass(slots=True)
class Probe:
    """Asks whether demands can hold together; ``held`` are sets that a solution found did hold."""

    draft: Draft
    held: list[frozenset[Cause]] = field(default_factory=list)

    def impossible(self, causes: Sequence[Cause]) -> bool:
        """Whether it is proved that these demands cannot hold together."""
        if any(known.issuperset(causes) for known in self.held):
            return False
        request = self.draft.outlook.request
        model = _switched(self.draft, causes)
        outcome = solve(model, seed=request.seed, effort=request.effort)
        if outcome.values:
            switches = self.draft.switches.items()
            held = (cause for cause, switch in switches if outcome.values[switch.index])
            self.held.append(frozenset(held))
        return outcome.answer is Answer.NONE

    def core(self, causes: Sequence[Cause]) -> list[Cause]:
        """Some of the demands, all of which cannot hold together, that cannot either."""
        model = self.draft.model.clone()
        switches = [self.draft.switches[cause].index for cause in causes]
        model.add_assumptions([model.get_bool_var_from_proto_index(one) for one in switches])
        request = self.draft.outlook.request
        outcome = solve(model, seed=request.seed, effort=request.effort)
        found = [cause for cause, one in zip(causes, switches, strict=True) if one in outcome.core]
        return found or list(causes)


def _smallest(probe: Probe, given: list[Cause], causes: list[Cause], *, grown: bool) -> list[Cause]:
    """Those of ``causes`` that are needed to make ``given`` impossible."""
    if grown and given and probe.impossible(given):
        return []
    if len(causes) <= 1:
        return causes
    half = len(causes) // 2
    left, right = causes[:half], causes[half:]
    from_right = _smallest(probe, [*given, *left], right, grown=True)
    from_left = _smallest(probe, [*given, *from_right], left, grown=bool(from_right))
    return [*from_left, *from_right]


def _switched(draft: Draft, causes: Sequence[Cause]) -> CpModel:
    """Copy the model with these demands switched on; others may hold too, and are tried first."""
    model = draft.model.clone()
    for cause, switch in draft.switches.items():
        literal = model.get_bool_var_from_proto_index(switch.index)
        if cause in causes:
            model.add(literal == 1)
        else:
            model.add_hint(literal, 1)
    return model


def _least_short(
    draft: Draft, asked: Sequence[Cause], others: Sequence[Cause], *, taking: bool
) -> Credits | None:
    """What is short of the amounts asked for at the least, with or without courses to come."""
    model = _switched(draft, others)
    if not taking:
        for variable in draft.takes.values():
            model.add(model.get_bool_var_from_proto_index(variable.index) == 0)
    model.minimize(sum(draft.short[cause] for cause in asked))
    request = draft.outlook.request
    outcome = solve(model, seed=request.seed, effort=request.effort)
    if outcome.answer is not Answer.OPTIMAL:
        return None
    return sum(value_of(draft.short[cause], outcome.values) for cause in asked)


# -- sentences


def _reasons(draft: Draft, causes: Sequence[Cause]) -> tuple[str, ...]:
    """What is asked for, what holds it up, and the room there is: one sentence each."""
    outlook = draft.outlook
    asked = [*_requirements(outlook, causes), *_program(outlook, causes), *_least(outlook, causes)]
    fixed = [*_named(outlook, causes, Kind.LOCK), *_named(outlook, causes, Kind.BAN)]
    room = [*_prerequisites(outlook, causes), *_most(outlook, causes)]
    if not fixed and not _of(causes, Kind.MOST):
        room += _at_most(draft, causes)
    groups = ("; ".join(part) for part in (asked, fixed, room) if part)
    return tuple(f"{group[0].upper()}{group[1:]}." for group in groups)


def _at_most(draft: Draft, causes: Sequence[Cause]) -> Iterator[str]:
    """How much of what is asked for can still be taken, where that is not enough."""
    asked = [one for one in causes if one.kind is Kind.REQUIREMENT]
    asked = [one for one in causes if one.kind is Kind.TOTAL] or asked
    words = {_measure(draft.outlook, one) for one in asked}
    if len(words) != 1 or "" in words:
        return
    others = [one for one in causes if one not in asked]
    needed = _least_short(draft, asked, (), taking=False)
    left = _least_short(draft, asked, others, taking=True)
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
        there = format_credits(_there(outlook))
        asked.append(f"{format_credits(_total(outlook))} in all, {there} are there")
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


# -- changes


def helpful_changes(request: PlanRequest) -> tuple[Fix, ...]:
    """Try changes, smallest sets first, and keep those with which there is a plan."""
    found: list[Fix] = []
    kinds: set[ChangeKind] = set()
    for change in possible_changes(request):
        if change.kind in kinds and change.kind not in BESIDE:
            continue
        if has_plan(apply_all(request, (change,))):
            kinds.add(change.kind)
            found.append(fix_of(request, (change,)))
        if len(found) == MOST_CHANGES:
            break
    return tuple(found) or _pair(request) or (Fix(ASK, ()),)


def _pair(request: PlanRequest) -> tuple[Fix, ...]:
    pairs = combinations(possible_changes(request), 2)
    for pair in islice(pairs, MOST_PAIRS):
        if has_plan(apply_all(request, pair)):
            return (fix_of(request, pair),)
    return ()
