"""What belongs together in a requirement, an award, a cap: every mistake has its words."""

from __future__ import annotations

from pathlib import Path

import pytest

from pathloom.engine.rules.nodes import Done, Exam, GradeAverage, Have, Hours, Kind, Times
from tests.engine.rules.right import RIGHT, changed, loaded, mistakes

WORDS = """\
tags: {personal-finance: Personal Finance, ap: Advanced}
families: {pathway: pathway}
evidence: {service: service, sat: SAT, average: average, fafsa: FAFSA}
tracks: {technical: technical}
"""
BASE = RIGHT.replace("tags: {personal-finance: Personal Finance}\n", WORDS)
LAST = "      - {id: electives, earn: 1, from: any, source: reg}\n"


def plus(lines: str) -> str:
    """The right file with one more requirement, cap or the like after the last requirement."""
    assert LAST in BASE
    return BASE.replace(LAST, LAST + lines)


ALL = """\
      - {id: hours, hours: {of: service, at_least: 25.5}, source: reg}
      - {id: times, times: {of: [service], at_least: 2}, source: reg}
      - {id: exam, exam: {of: sat, at_least: 1200}, source: reg}
      - {id: gpa, gpa: {of: average, at_least: 3.2}, source: reg}
      - {id: done, done: [fafsa], source: reg}
      - id: have
        have: {from: {tag: pathway:web}, credits: 2, courses: 3, same: pathway}
        source: reg
      - {id: one, choose: 1, of: [{id: a, done: fafsa, source: reg}, {id: b, done: sat, source: reg}], source: reg}
      - {id: both, choose: all, of: [{id: c, done: fafsa, source: reg}, {id: d, done: sat, source: reg}], source: reg}
"""  # noqa: E501


def test_every_shape_becomes_a_value(tmp_path: Path) -> None:
    rules = loaded(tmp_path, plus(ALL).replace("status:", "kind: endorsement\nstatus:")).versions[0]

    found = {each.id: each for each in rules.walk()}
    assert rules.kind is Kind.ENDORSEMENT
    assert found["hours"].condition == Hours(("service",), 2550)
    assert found["times"].condition == Times(("service",), 2)
    assert found["exam"].condition == Exam(("sat",), 120_000)
    assert found["gpa"].condition == GradeAverage("average", 320)
    assert found["done"].condition == Done(("fafsa",))
    have = found["have"].condition
    assert isinstance(have, Have)
    assert (have.credits, have.courses, have.same) == (200, 3, "pathway")
    assert (found["one"].choose, [each.id for each in found["one"].of]) == (1, ["a", "b"])
    assert found["both"].choose == 2
    assert rules.total == 300


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (
            "      - {id: x, source: reg}\n",
            "requirement 'x' asks for nothing. "
            "Write earn and from, choose and of, or one of have, hours, times, exam, gpa, done.",
        ),
        (
            "      - {id: x, done: fafsa, hours: {of: service, at_least: 1}, source: reg}\n",
            "requirement 'x' is of more than one kind: hours and done. "
            "Keep one, or write two requirements.",
        ),
        (
            "      - {id: x, done: fafsa, from: any, source: reg}\n",
            "requirement 'x' is of more than one kind: earn with from and done. "
            "Keep one, or write two requirements.",
        ),
        (
            "      - {id: x, done: fafsa, also_counts: [english], source: reg}\n",
            "'also_counts' has no meaning in requirement 'x'. "
            "It belongs to a requirement with earn and from.",
        ),
        (
            "      - {id: x, done: fafsas, source: reg}\n",
            "unknown evidence 'fafsas'. Did you mean 'fafsa'?",
        ),
        (
            "      - {id: x, hours: {of: service, at_least: 0}, source: reg}\n",
            "requirement 'x' needs nothing. Write how much it needs, or delete it.",
        ),
        (
            "      - {id: x, have: {from: any}, source: reg}\n",
            "'have' of requirement 'x' does not say how much. Add credits or courses, or both.",
        ),
        (
            "      - {id: x, have: {from: any, credits: 1, same: pathways}, source: reg}\n",
            "unknown family 'pathways'. Did you mean 'pathway'?",
        ),
        (
            "      - {id: x, have: {from: {tag: cluster:web}, credits: 1}, source: reg}\n",
            "unknown family 'cluster'. Declare it under 'families', or use a declared one.",
        ),
        (
            "      - {id: x, have: {from: {sced: '123'}, credits: 1}, source: reg}\n",
            "'123' is not a pattern of SCED codes. "
            "Write five digits in quotes, X for any digit: '03051' or 10XXX.",
        ),
        (
            "      - {id: x, have: {from: any, credits: 1, "
            "among: [{id: y, credits: 2, from: any}]}, source: reg}\n",
            "'y' asks for more than requirement 'x', of which it is a part. "
            "Correct one of the amounts.",
        ),
        (
            "      - {id: x, have: {from: any, credits: 1, among: [{id: y, from: any}]}, "
            "source: reg}\n",
            "'y' among requirement 'x' does not say how much. Add credits or courses, or both.",
        ),
        (
            "      - {id: x, choose: 1, source: reg}\n",
            "'of' is missing in requirement 'x'. Add 'of'.",
        ),
        (
            "      - {id: x, of: [{id: y, done: fafsa, source: reg}], source: reg}\n",
            "'choose' is missing in requirement 'x'. Add 'choose'.",
        ),
        (
            "      - {id: x, choose: 2, of: [{id: y, done: fafsa, source: reg}], source: reg}\n",
            "choice 'x' asks for 2 of 1 alternatives. Choose as many as there are at the most.",
        ),
        (
            "      - {id: x, choose: 1, of: [{id: y, done: fafsa, source: reg}, "
            "{id: z, earn: 1, from: any, source: reg}], source: reg}\n",
            "some alternatives of choice 'x' earn credit and some do not. "
            "Let all of them earn the same credit, or none any.",
        ),
        (
            "      - {id: x, choose: 1, of: [{id: y, earn: 0.5, from: any, source: reg}, "
            "{id: z, earn: 1, from: any, source: reg}], source: reg}\n",
            "the alternatives of choice 'x' earn 0.5 and 1.0. "
            "Let all of them earn the same credit, or none any.",
        ),
        (
            "      - {id: x, choose: all, of: [{id: y, earn: 0.5, from: any, source: reg}, "
            "{id: z, earn: 0.5, from: any, source: reg}], source: reg}\n",
            "2 of the alternatives of choice 'x' earn 1.0, earn says 0.0. Write earn: 1.0.",
        ),
        (
            "      - {id: x, done: fafsa, exempt: [{track: technica, source: reg}], source: reg}\n",
            "unknown track 'technica'. Did you mean 'technical'?",
        ),
        (
            "      - {id: x, done: fafsa, exempt: [{track: technical, source: reg}, "
            "{track: technical, source: reg}], source: reg}\n",
            "requirement 'x' speaks of track 'technical' twice. Keep one of them.",
        ),
        (
            "    caps: [{id: c, from: any, at_most: 1, within: english-2, source: reg}]\n",
            "cap 'c' is within unknown requirement 'english-2'. Did you mean 'english'?",
        ),
        (
            "    caps: [{id: english, from: any, at_most: 1, source: reg}]\n",
            "cap id 'english' stands twice (first on line 23). Give each its own id.",
        ),
        (
            "    waivers: {at_most: 1, of: [finances], source: reg}\n",
            "waivers name unknown requirement 'finances'. Did you mean 'finance'?",
        ),
        (
            "    tighten: [{id: english, earn: 2, source: reg}]\n",
            "version 'us-sc/diploma/2023' tightens rules, and there are none underneath. "
            "Name them with 'extends', or write requirements.",
        ),
    ],
)
def test_each_mistake_is_said(tmp_path: Path, lines: str, message: str) -> None:
    (found,) = mistakes(tmp_path, plus(lines))

    assert found.partition(": ")[2] == message


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "{id: electives, earn: 1, from: any,",
            "{id: electives, earn: 1,",
            "us-sc/diploma.yaml:27: 'from' is missing in requirement 'electives'. "
            "Add 'from'; write from: any where every course can count.",
        ),
        (
            "        when: {tag: personal-finance}\n",
            "",
            "us-sc/diploma.yaml:29: award 'extra' does not say what earns it. "
            "Add when and at_least, or have.",
        ),
        (
            "        at_least: 1\n",
            "",
            "us-sc/diploma.yaml:29: award 'extra' does not say how much earns it. "
            "Add at_least with the least credit of the course.",
        ),
        (
            "        at_least: 1\n",
            "        have: {from: {subject: english}, credits: 1}\n",
            "us-sc/diploma.yaml:29: award 'extra' has both when and have. Keep one of them.",
        ),
        (
            "    total: 3\n",
            "",
            "us-sc/diploma.yaml:15: 'total' is missing in version 'us-sc/diploma/2023'. "
            "Add 'total'.",
        ),
        (
            "{id: literature, earn: 1, from: {all:",
            "{id: literature, have: {from: any, credits: 1}, source: reg}\n"
            "          - {id: poetry, earn: 1, from: {all:",
            "us-sc/diploma.yaml:25: 'literature' is a part of 'english' and earns no credit. "
            "Parts earn credit: write it as a requirement of its own.",
        ),
    ],
)
def test_what_is_missing_is_said_with_its_line(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    assert mistakes(tmp_path, changed(old, new)) == [message]


def test_conditions_alone_make_a_rule_with_no_total(tmp_path: Path) -> None:
    start, end = BASE.index("    overflow_into"), BASE.index("    awards:")
    text = f"{BASE[:start]}    requirements: [{{id: x, done: fafsa, source: reg}}]\n{BASE[end:]}"

    rules = loaded(tmp_path, text.replace("total: 3", "total: 0")).versions[0]

    assert rules.total == 0


def test_a_rule_without_requirements_is_a_mistake(tmp_path: Path) -> None:
    start, end = RIGHT.index("    overflow_into"), RIGHT.index("    awards:")
    text = (RIGHT[:start] + RIGHT[end:]).replace("total: 3", "total: 0")

    assert mistakes(tmp_path, text) == [
        "us-sc/diploma.yaml:15: version 'us-sc/diploma/2023' requires nothing. "
        "Write its requirements."
    ]


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (
            "      - {id: x, hour: {of: service, at_least: 1}, source: reg}\n",
            "unknown key 'hour' in requirement 'x'. Did you mean 'hours'?",
        ),
        (
            "      - {id: x, hours: {of: service, atleast: 1, at_least: 1}, source: reg}\n",
            "unknown key 'atleast' in requirement 'x'. Did you mean 'at_least'?",
        ),
        (
            "      - {id: x, have: {from: any, credit: 1}, source: reg}\n",
            "unknown key 'credit' in requirement 'x'. Did you mean 'credits'?",
        ),
        (
            "      - {id: x, have: {from: any, credits: 1, among: [{id: y, form: any, from: any, "
            "credits: 1}]}, source: reg}\n",
            "unknown key 'form' in among 'y'. Did you mean 'from'?",
        ),
        (
            "      - {id: x, choose: 1, of: [{id: y, don: sat, done: sat, source: reg}], "
            "source: reg}\n",
            "unknown key 'don' in requirement 'y'. Did you mean 'done'?",
        ),
        (
            "      - {id: x, done: sat, exempt: [{trak: technical, track: technical, "
            "source: reg}], source: reg}\n",
            "unknown key 'trak' in requirement 'x'. Did you mean 'track'?",
        ),
        (
            "    caps: [{id: c, from: any, at_most: 1, with_in: total, source: reg}]\n",
            "unknown key 'with_in' in cap 'c'. Did you mean 'within'?",
        ),
        (
            "    waivers: {at_most: 1, off: [finance], of: [finance], source: reg}\n",
            "unknown key 'off' in version 'us-sc/diploma/2023'. Did you mean 'of'?",
        ),
        (
            "    tighten: [{id: english, onyl: any, source: reg}]\n",
            "unknown key 'onyl' in requirement 'english'. Did you mean 'only'?",
        ),
        (
            "    in_force: {form: 2024-07-01}\n",
            "unknown key 'form' in version 'us-sc/diploma/2023'. Did you mean 'from'?",
        ),
    ],
)
def test_an_unknown_keyword_gets_the_nearest_known_one(
    tmp_path: Path, lines: str, message: str
) -> None:
    (found,) = mistakes(tmp_path, plus(lines))

    assert found.partition(": ")[2] == message
