"""What must not change an audit, and what may change it in one direction only, over all packs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from jsonschema import Draft202012Validator
from pydantic import TypeAdapter

from pathloom.cli import schema
from pathloom.engine.audit import audit
from pathloom.engine.audit.result import AuditResult, RequirementResult, Status
from pathloom.engine.record import ExceptionKind, StaffException, State, StudentRecord
from pathloom.engine.rules.cases import Case, cases_file, read_cases
from pathloom.engine.rules.nodes import RuleSet
from tests.engine.audit.fitting import fitting
from tests.engine.audit.test_smallest import PACKS, shortened

GRADES = (Status.MET, Status.EXCUSED, Status.IN_PROGRESS, Status.PLANNED, Status.SHORT)
AS_JSON = TypeAdapter(AuditResult)
AS_SCHEMA = Draft202012Validator(schema("audit"))
_EACH = 5  # students of each pack


def students(path: Path) -> list[tuple[Case, StudentRecord]]:
    """Students of the cases of a pack, without some courses, some of them not finished."""
    chance = Random(path.stem)
    found = []
    cases = read_cases(cases_file(path))
    for case in chance.sample(cases, min(_EACH, len(cases))):
        record = shortened(case, chance)
        states = (State.EARNED, State.EARNED, State.IN_PROGRESS, State.PLANNED)
        courses = tuple(replace(each, state=chance.choice(states)) for each in record.courses)
        found.append((case, replace(record, courses=courses)))
    return found


def audited(record: StudentRecord, rules: RuleSet, day: date) -> AuditResult:
    return audit(record, rules, catalog=None, as_of=day)


def amounts(result: AuditResult) -> list[tuple[object, ...]]:
    return [_amounts(each) for each in (*result.walk(), result.total)]


def _amounts(each: RequirementResult) -> tuple[object, ...]:
    there = (each.earned, each.in_progress, each.planned, each.short)
    return each.id, each.status, each.need, *there, each.needed, each.excused


packs = pytest.mark.parametrize("path", PACKS, ids=lambda path: f"{path.parent.name}/{path.stem}")


@packs
def test_the_order_of_a_record_changes_nothing_at_all(path: Path) -> None:
    chance = Random(path.stem)
    for case, record in students(path):
        mixed = replace(
            record,
            courses=tuple(chance.sample(record.courses, len(record.courses))),
            experiences=record.experiences[::-1],
            scores=record.scores[::-1],
            milestones=record.milestones[::-1],
        )
        first = audited(record, case.ruleset, case.as_of)
        assert audited(mixed, case.ruleset, case.as_of) == first


@packs
def test_other_ids_of_records_change_nothing_but_names(path: Path) -> None:
    for case, record in students(path):
        last = len(record.courses)
        renamed = tuple(
            replace(each, id=f"{last - index:03}", title=each.title or each.id)
            for index, each in enumerate(record.courses)
        )
        titled = tuple(replace(each, title=each.title or each.id) for each in record.courses)
        first = audited(replace(record, courses=titled), case.ruleset, case.as_of)
        again = audited(replace(record, courses=renamed), case.ruleset, case.as_of)
        assert amounts(again) == amounts(first)
        assert (again.sentence, again.smallest) == (first.sentence, first.smallest)


@packs
def test_one_more_passed_course_makes_nothing_worse(path: Path) -> None:
    chance = Random(path.stem)
    for case, record in students(path):
        before = audited(record, case.ruleset, case.as_of)
        matchers = [each.match for each in case.ruleset.walk() if each.earn]
        if not matchers:
            continue
        found = next(iter(fitting(chance.choice(matchers))), None)
        if found is None:
            continue
        more = replace(found, id="one more", title="One more", credits=100)
        fuller = replace(record, courses=(*record.courses, more))
        after = audited(fuller, case.ruleset, case.as_of)
        assert GRADES.index(after.status) <= GRADES.index(before.status)
        assert after.total.short <= before.total.short


@packs
def test_an_expired_exception_is_no_exception(path: Path) -> None:
    for case, record in students(path):
        before = audited(record, case.ruleset, case.as_of)
        node = next(iter(case.ruleset.walk()))
        expired = StaffException(
            "expired",
            ExceptionKind.EXCUSE,
            "Ms. Lee",
            "a reason",
            case.as_of - timedelta(days=30),
            requirement=node.id,
            until=case.as_of - timedelta(days=1),
        )
        bare = replace(record, exceptions=())
        after = audited(replace(record, exceptions=(expired,)), case.ruleset, case.as_of)
        assert [each.in_effect for each in after.exceptions] == [False]
        without = audited(bare, case.ruleset, case.as_of)
        assert replace(after, exceptions=()) == without
        assert record.exceptions or before == without


@packs
def test_whoever_is_excused_from_everything_is_complete(path: Path) -> None:
    for case, record in students(path):
        rules = replace(case.ruleset, waivers=None)
        made = tuple(
            StaffException(
                f"e{index}",
                ExceptionKind.EXCUSE,
                "Ms. Lee",
                "a reason",
                case.as_of,
                requirement=each.id,
                lowers_total=True,
            )
            for index, each in enumerate(rules.requirements)
        )
        result = audited(replace(record, courses=(), exceptions=made), rules, case.as_of)
        assert {each.status for each in result.requirements} == {Status.EXCUSED}
        assert all("Ms. Lee" in each.why or "exempt" in each.why for each in result.requirements)


@packs
def test_every_amount_adds_up_and_every_sentence_is_one(path: Path) -> None:
    for case, record in students(path):
        result = audited(record, case.ruleset, case.as_of)
        AS_SCHEMA.validate(AS_JSON.dump_python(result, mode="json"))
        sources = {each.id for each in case.ruleset.sources}
        assert {each.source for each in result.walk()} <= sources
        for each in (*result.walk(), result.total):
            there = each.earned + each.in_progress + each.planned + each.short
            assert there == each.need
            assert each.excused >= 0
            for text in (each.why, *each.fixes, each.rule, *result.smallest, result.sentence):
                assert text[0].isupper() or text[0].isdigit(), text
                assert text.endswith("."), text
                assert not [each for each in ("..", "  ", "None", "{") if each in text], text
