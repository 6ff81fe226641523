"""Students thrown together from the words of the rules: every audit is sound and reads well."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import islice
from random import Random

import pytest
from jsonschema import Draft202012Validator
from pydantic import TypeAdapter

from pathloom.cli import schema
from pathloom.engine.audit import audit
from pathloom.engine.audit.result import AuditResult, Status
from pathloom.engine.record import (
    CourseRecord,
    ExamScore,
    ExceptionKind,
    Experience,
    Milestone,
    StaffException,
    State,
    StatedAverage,
    StudentRecord,
)
from pathloom.engine.rules.load import load_rulebook
from pathloom.engine.rules.nodes import Have, Matcher, RuleSet
from pathloom.engine.units import Mark, SchoolYear
from tests.engine.audit.fitting import fitting

DAY = date(2026, 11, 22)
RULES = [version for file in load_rulebook().files for version in file.versions]
AS_JSON = TypeAdapter(AuditResult)
AS_SCHEMA = Draft202012Validator(schema("audit"))
SPOILED = re.compile(
    r"None|\{|  |\.\.| [.,]|(?<![\d.])1 (units|credits|courses|hours|times|years)\b"
)
_EACH = 3  # students of each rule set


def _matchers(rules: RuleSet) -> Iterator[Matcher]:
    for node in rules.walk():
        yield node.match
        yield from (each.match for each in (*node.instead, *node.among, *node.on_track))
        if isinstance(node.condition, Have):
            yield node.condition.match
            yield from (each.match for each in node.condition.among)
    yield from (each.when for each in rules.awards if each.when is not None)
    yield from (each.have.match for each in rules.awards if each.have is not None)
    yield from (each.match for each in rules.caps)


def _courses(rules: RuleSet, chance: Random) -> Iterator[CourseRecord]:
    matchers = list(_matchers(rules))
    families = [name for name, _ in rules.families]
    subjects = [name for name, _ in rules.subjects] or ["anything"]
    for number in range(chance.choice((0, 1, 8, 15, 28, 34))):
        if matchers and chance.random() < 0.8:
            fits = list(islice(fitting(chance.choice(matchers)), 20))
        else:
            fits = []
        subject = chance.choice(subjects)
        course = chance.choice(fits or [CourseRecord("", 0, State.EARNED, subject=subject)])
        tags = {f"{chance.choice(families)}:{chance.choice('ab')}"} if families else set()
        yield replace(
            course,
            id=f"{number:02}",
            title=f"Course {chance.choice((number, number, 0))}",  # the first one is repeated
            credits=chance.choices((100, 50, 25, 150, 200, 33), (12, 6, 1, 1, 1, 0.3))[0],
            state=chance.choices(tuple(State), (10, 2, 2, 1, 1))[0],
            mark=chance.choice((course.mark, None, Mark.parse("A"), Mark.parse("65"))),
            tags=course.tags | (tags if chance.random() < 0.3 else set()),
        )


def _exceptions(rules: RuleSet, chance: Random) -> Iterator[StaffException]:
    requirements = [*(node.id for node in rules.walk()), "no-such-requirement"]
    for number in range(chance.choice((0, 0, 1, 3))):
        kind = chance.choice(tuple(ExceptionKind))
        yield StaffException(
            f"e{number}",
            kind,
            "Ms. Lee",
            "a reason",
            chance.choice((date(2026, 1, 1), DAY, date(2026, 12, 1))),
            requirement=""
            if kind is ExceptionKind.CREDIT_OVERRIDE
            else chance.choice(requirements),
            record="" if kind is ExceptionKind.EXCUSE else f"{chance.randrange(9):02}",
            credits=0 if kind is ExceptionKind.SUBSTITUTE else chance.choice((0, 50, 100, 900)),
            lowers_total=kind is ExceptionKind.EXCUSE and chance.random() < 0.5,
        )


def student(rules: RuleSet, chance: Random) -> StudentRecord:
    names = [name for name, _ in rules.evidence if chance.random() < 0.5]
    return StudentRecord(
        "S1",
        rules.entered_from or rules.entered_to or SchoolYear.parse("2023-24"),
        courses=tuple(_courses(rules, chance)),
        experiences=tuple(
            Experience(f"x-{name}", name, chance.choice((0, 1200, 4000))) for name in names
        ),
        scores=tuple(ExamScore(name, chance.choice((300, 2000, 120_000))) for name in names),
        averages=tuple(StatedAverage(name, chance.choice((199, 300, 370))) for name in names),
        milestones=tuple(Milestone(name, chance.choice(tuple(State)[:3])) for name in names),
        tracks=frozenset(name for name, _ in rules.tracks if chance.random() < 0.3),
        exceptions=tuple(_exceptions(rules, chance)),
        carnegie_units=rules.carnegie_units,
    )


def texts(result: AuditResult) -> Iterator[str]:
    yield from (result.sentence, *result.smallest, *result.notes)
    for each in (*result.walk(), result.total):
        yield from (each.why, each.rule, *each.fixes)


@pytest.mark.parametrize("rules", RULES, ids=lambda rules: rules.id)
def test_whoever_is_audited_gets_a_sound_answer_in_good_sentences(rules: RuleSet) -> None:
    chance = Random(rules.id)
    for _ in range(_EACH):
        record = student(rules, chance)
        result = audit(record, rules, catalog=None, as_of=DAY)
        document = AS_JSON.dump_python(result, mode="json")
        AS_SCHEMA.validate(document)
        assert AS_JSON.validate_python(document) == result
        for each in (*result.walk(), result.total):
            amounts = (each.earned, each.in_progress, each.planned, each.short)
            assert sum(amounts) == each.need
            assert min(*amounts, each.excused) >= 0
            assert each.source in {source.id for source in rules.sources} or each is result.total
        assert bool(result.smallest) == (result.status is Status.SHORT)
        for text in texts(result):
            assert re.fullmatch(r"[A-Z0-9].*\.", text), text
            assert not SPOILED.search(text), text


@pytest.mark.parametrize("rules", RULES, ids=lambda rules: rules.id)
def test_whoever_is_audited_may_list_courses_in_any_order(rules: RuleSet) -> None:
    chance = Random(rules.id)
    record = student(rules, chance)
    mixed = replace(
        record,
        courses=tuple(chance.sample(record.courses, len(record.courses))),
        experiences=record.experiences[::-1],
        scores=record.scores[::-1],
        averages=record.averages[::-1],
        milestones=record.milestones[::-1],
    )
    first = audit(record, rules, catalog=None, as_of=DAY)
    assert audit(mixed, rules, catalog=None, as_of=DAY) == first
