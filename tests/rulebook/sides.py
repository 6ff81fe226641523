"""Which sides of the thresholds of a rule set no case shows: just below it, and at it."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from pathloom.engine.audit import audit
from pathloom.engine.audit.result import AuditResult, Measure, RequirementResult
from pathloom.engine.record import State, StudentRecord
from pathloom.engine.rules.cases import Case, cases_file, read_cases
from pathloom.engine.rules.conditions import measure_have
from pathloom.engine.rules.load import PACKAGED, load_rulebook, rule_files
from pathloom.engine.rules.matchers import matches
from pathloom.engine.rules.nodes import (
    Award,
    Cap,
    Exam,
    GradeAverage,
    Have,
    Matcher,
    Requirement,
    RuleSet,
)

COUNTABLE = {State.EARNED, State.IN_PROGRESS, State.PLANNED}
HALF_A_UNIT = 50  # hundredths: at most half a unit, the smallest course of these rules
STEPS = {  # how little "just below" is, in hundredths
    Measure.CREDIT: HALF_A_UNIT,
    Measure.COURSES: 100,
    Measure.HOURS: 100,
    Measure.TIMES: 100,
    Measure.POINTS: 1000,  # scores of the larger exams go by tens
    Measure.DONE: 100,
    Measure.CHOICES: 100,
}
EVIDENCE = ("experiences", "scores", "averages", "milestones")


@dataclass(frozen=True)
class Seen:
    """A case and what its audit says."""

    case: Case
    result: AuditResult

    def of(self, requirement_id: str) -> RequirementResult | None:
        every = (*self.result.walk(), self.result.total)
        return next((each for each in every if each.id == requirement_id), None)


@cache
def every_case() -> tuple[Case, ...]:
    return tuple(case for path in rule_files(PACKAGED) for case in read_cases(cases_file(path)))


@cache
def cases_of(ruleset_id: str) -> tuple[Case, ...]:
    return tuple(case for case in every_case() if case.ruleset.id == ruleset_id)


def audited(case: Case) -> AuditResult:
    return audit(case.record, case.ruleset, catalog=None, as_of=case.as_of)


def below(ruleset: RuleSet) -> RuleSet | None:
    """The rules that an overlay stands on, as they are without it."""
    versions = (version for file in load_rulebook().files for version in file.versions)
    return next((each for each in versions if each.id == ruleset.extends), None)


_audited: dict[int, Seen] = {}


def seen_of(case: Case) -> Seen:
    """What the audit of a case says; cases are audited once."""
    found = _audited.get(id(case))
    if found is None or found.case is not case:
        found = _audited[id(case)] = Seen(case, audited(case))
    return found


def lacking(ruleset: RuleSet, cases: Sequence[Case]) -> Iterator[str]:
    """Name every side of a threshold that none of the cases shows.

    Of an overlay only what it adds, tightens or caps is looked at: the cases of the rules
    underneath show the rest.
    """
    seen = [seen_of(case) for case in cases]
    base = below(ruleset)
    same = set(base.walk()) if base else set()
    own = [each for each in ruleset.walk() if each not in same]
    before = {each.id: each for each in base.walk()} if base else {}
    for requirement in own:
        yield from requirement_lacks(requirement, seen, before.get(requirement.id))
    if ruleset.total and (base is None or base.total != ruleset.total):
        yield from amount_lacks("total", seen)
    for award in ruleset.awards:
        if base is None or award not in base.awards:
            yield from award_lacks(award, seen)
    for cap in ruleset.caps:
        if base is None or cap not in base.caps:
            yield from cap_lacks(cap, seen)
    if ruleset.waivers is not None and (base is None or base.waivers != ruleset.waivers):
        yield from waivers_lack(seen)


def requirement_lacks(
    requirement: Requirement, seen: Sequence[Seen], before: Requirement | None
) -> Iterator[str]:
    """What the cases lack; ``before`` is the requirement as it is underneath an overlay."""
    yield from amount_lacks(requirement.id, seen, requirement)
    if before is not None:  # an overlay changes its amount and what can count, and adds parts
        return
    condition = requirement.condition
    among = condition.among if isinstance(condition, Have) else requirement.among
    for each in among:
        yield from amount_lacks(each.id, seen)
    if isinstance(condition, Have) and condition.credits and condition.courses:
        yield from amount_lacks(f"{requirement.id}-courses", seen)
    for other in requirement.instead:
        met = {
            (amount(each.case, other.match) - other.earn, status(each, requirement.id))
            for each in seen
        }
        if not any(-HALF_A_UNIT <= beyond < 0 and found == "short" for beyond, found in met):
            yield f"{other.id}: no case just below"
        if (0, "met") not in met:
            yield f"{other.id}: no case at it"
    yield from tracks_lack(requirement, seen)


def amount_lacks(
    name: str, seen: Sequence[Seen], requirement: Requirement | None = None
) -> Iterator[str]:
    if not any(is_below(each.of(name), requirement) for each in seen):
        yield f"{name}: no case just below"
    if not any(is_at(each, name, requirement) for each in seen):
        yield f"{name}: no case at it"


def is_below(found: RequirementResult | None, requirement: Requirement | None) -> bool:
    if found is None:
        return False
    step = STEPS[found.measure]
    if requirement and isinstance(requirement.condition, GradeAverage):
        step = 10
    return 0 < found.short <= step


def is_at(seen: Seen, name: str, requirement: Requirement | None) -> bool:
    """Whether it is met exactly, or no longer once one thing of the record is gone."""
    found = seen.of(name)
    if found is None or found.status != "met":
        return False
    condition = requirement.condition if requirement else None
    record = seen.case.record
    if isinstance(condition, Exam):
        scores = [each.score for each in record.scores if each.exam in condition.of]
        return max(scores) == condition.at_least
    if isinstance(condition, GradeAverage):
        return any(each.value == condition.at_least for each in record.averages)
    counted = None
    if requirement is not None and not requirement.of and condition is None:
        counted = {one.record for each in found.walk() for one in each.counted}
    for rest in with_one_thing_less(record, counted):
        less = Seen(seen.case, audited(replace(seen.case, record=rest))).of(name)
        if less is not None and less.status == "short":
            return True
    return False


def with_one_thing_less(
    record: StudentRecord, counted: Container[str] | None
) -> Iterator[StudentRecord]:
    """Take one thing away after the other; of courses only those that count, where that is known"""
    for kind in ("courses",) if counted else ("courses", *EVIDENCE):
        things = getattr(record, kind)
        for index, thing in enumerate(things):
            if counted and thing.id not in counted:
                continue
            yield replace(record, **{kind: things[:index] + things[index + 1 :]})


def amount(case: Case, matcher: Matcher) -> int:
    return sum(
        course.credits
        for course in case.record.courses
        if course.state in COUNTABLE and matches(matcher, course)
    )


def status(seen: Seen, name: str) -> str:
    found = seen.of(name)
    return str(found.status) if found else ""


def award_lacks(award: Award, seen: Sequence[Seen]) -> Iterator[str]:
    """Just below: a little less earns nothing. At it: earned, and not with one course less."""
    at = near = False
    for each in seen:
        given = any(extra.id.endswith(f"+{award.id}") for extra in each.result.awarded)
        if award.have is not None:
            countable = [one for one in each.case.record.courses if one.state in COUNTABLE]
            found = measure_have(award.have, countable, name=award.id)
            near |= not given and 0 < found.open[0] <= STEPS[found.main.measure]
            at |= given and found.main.need == sum(found.main.there) == amount_of(award.have, each)
        elif award.when is not None:
            credits = [one.credits for one in each.case.record.courses if matches(award.when, one)]
            spare = max(credits, default=0) - award.at_least
            near |= not given and bool(credits) and -HALF_A_UNIT <= spare < 0
            at |= given and spare == 0
    if not near:
        yield f"{award.id}: no case just below"
    if not at:
        yield f"{award.id}: no case at it"


def amount_of(have: Have, seen: Seen) -> int:
    """All there is of the first thing that is asked for: credit, or courses."""
    if have.credits:
        return amount(seen.case, have.match)
    return 100 * sum(matches(have.match, each) for each in seen.case.record.courses)


def cap_lacks(cap: Cap, seen: Sequence[Seen]) -> Iterator[str]:
    """At it: all of it counts. Just above: it would count without the cap, and does not."""
    beyond = [(amount(each.case, cap.match) - cap.at_most, each) for each in seen]
    if not any(0 < more <= HALF_A_UNIT and cap_decides(cap, each) for more, each in beyond):
        yield f"{cap.id}: no case just above"
    if not any(more == 0 and not cap_decides(cap, each) for more, each in beyond):
        yield f"{cap.id}: no case at it"


def cap_decides(cap: Cap, seen: Seen) -> bool:
    """Whether the audit says that it holds something back, or says something else without it."""
    if any(each.id == cap.id for each in seen.result.caps):
        return True
    rules = seen.case.ruleset
    free = replace(rules, caps=tuple(each for each in rules.caps if each != cap))
    without = audited(replace(seen.case, ruleset=free))
    return amounts_of(without) != amounts_of(seen.result)


def amounts_of(result: AuditResult) -> list[tuple[str, str, int]]:
    return [(each.id, each.status, each.short) for each in (*result.walk(), result.total)]


def waivers_lack(seen: Sequence[Seen]) -> Iterator[str]:
    decided = {
        each.in_effect
        for one in seen
        for each in one.result.exceptions
        if each.exception.kind == "excuse"
    }
    if True not in decided:
        yield "waivers: no case that is allowed"
    if False not in decided:
        yield "waivers: no case that is refused"


def tracks_lack(requirement: Requirement, seen: Sequence[Seen]) -> Iterator[str]:
    """The track decides: the same record is met, or excused, with it and short without, or so."""
    for other in requirement.on_track:
        if not any(changes(each, other.track, requirement.id) == {"met", "short"} for each in seen):
            yield f"{requirement.id}: no case that track {other.track} decides"
    for exemption in requirement.exempt:
        if not any(
            changes(each, exemption.track, requirement.id) == {"excused", "short"} for each in seen
        ):
            yield f"{requirement.id}: no case that only track {exemption.track} excuses"


def changes(seen: Seen, track: str, name: str) -> set[str]:
    """The status of a requirement with a track of the student, and without it."""
    record = seen.case.record
    if track not in record.tracks:
        return set()
    off = replace(record, tracks=record.tracks - {track})
    without = Seen(seen.case, audited(replace(seen.case, record=off)))
    return {status(seen, name), status(without, name)}
