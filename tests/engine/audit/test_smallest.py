"""Whoever does all that is listed is complete, and nothing on the list can be left out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import islice, product
from random import Random

import pytest

from pathloom.engine.audit import audit
from pathloom.engine.audit.allocate import allocate
from pathloom.engine.audit.evaluate import evaluate
from pathloom.engine.audit.result import Measure, Status
from pathloom.engine.audit.smallest import Thing, things, total_rest
from pathloom.engine.audit.view import View
from pathloom.engine.audit.wording import wording
from pathloom.engine.record import CourseRecord, StudentRecord
from pathloom.engine.rules.cases import Case, cases_file, read_cases
from pathloom.engine.rules.facts import prepare
from pathloom.engine.rules.load import PACKAGED, rule_files
from pathloom.engine.rules.matchers import matches
from pathloom.engine.rules.nodes import AnyCourse, Requirement, RuleSet
from pathloom.engine.rules.slots import layout
from tests.engine.audit.fitting import done, fits

PACKS = [path for path in rule_files(PACKAGED) if cases_file(path).exists()]
_WAYS = 3  # courses tried for each thing

Doing = tuple[Thing, CourseRecord | None]


def listed(record: StudentRecord, rules: RuleSet, day: date) -> list[Thing]:
    """The things to do, the rest of the total among them."""
    prepared = prepare(record, rules, catalog=None, as_of=day)
    found = allocate(prepared, layout(prepared.ruleset))
    evaluation = evaluate(prepared, found.certificate, chosen=found.chosen, values=found.values)
    view = View.of(
        prepared,
        found.certificate,
        evaluation=evaluation,
        values=found.values,
        words=wording(prepared.ruleset, None),
    )
    every = list(things(view))
    rest = total_rest(view, every)
    if rest > 0 and evaluation.status is Status.SHORT:
        total = Requirement("total", "Total", rest, AnyCourse(), "")
        every.append(Thing(total, Measure.CREDIT, rest, (AnyCourse(),)))
    return every


def ways(every: list[Thing], rules: RuleSet) -> list[tuple[Doing, ...]]:
    """A few ways to do all things, with courses that no cap holds back."""
    options: list[list[Doing]] = []
    for thing in every:
        if not thing.match:
            options.append([(thing, None)])
            continue
        free = (
            each for each in fits(thing) if not any(matches(cap.match, each) for cap in rules.caps)
        )
        options.append([(thing, each) for each in islice(free, _WAYS)])
    return list(islice(product(*options), 20))


def shortened(case: Case, chance: Random) -> StudentRecord:
    """The student of a case without some courses and evidence, at random."""
    kept = chance.choice((0.3, 0.6, 0.9))

    def some(items: tuple) -> tuple:  # type: ignore[type-arg]
        return tuple(each for each in items if chance.random() < kept)

    record = case.record
    return replace(
        record,
        courses=some(record.courses),
        experiences=some(record.experiences),
        scores=some(record.scores),
        milestones=some(record.milestones),
    )


@pytest.mark.parametrize("path", PACKS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_list_completes_and_nothing_on_it_can_be_left_out(path) -> None:  # type: ignore[no-untyped-def]
    chance = Random(path.stem)
    cases = read_cases(cases_file(path))
    for case in chance.sample(cases, min(6, len(cases))):
        record, rules, day = shortened(case, chance), case.ruleset, case.as_of
        result = audit(record, rules, catalog=None, as_of=day)
        every = listed(record, rules, day)
        assert bool(every) == (result.status is Status.SHORT)
        assert bool(every) == bool(result.smallest)
        found = ways(every, rules)
        assert found, (case.name, every)
        for doing in found:
            status = audit(done(record, doing), rules, catalog=None, as_of=day).status
            assert status is not Status.SHORT, (case.name, result.smallest, doing)
        for left_out in range(len(every)):
            assert any(
                audit(
                    done(record, (*doing[:left_out], *doing[left_out + 1 :])),
                    rules,
                    catalog=None,
                    as_of=day,
                ).status
                is Status.SHORT
                for doing in found
            ), (case.name, "\n".join(result.smallest), every[left_out])
