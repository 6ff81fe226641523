"""Planted wrong certificates under choices, families, caps, amongs and decisions of staff."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pathloom.engine.audit.evaluate import CertificateError, Evaluation, evaluate
from pathloom.engine.audit.result import Counted, Measure, Status
from pathloom.engine.record import CourseRecord, State, StudentRecord
from pathloom.engine.rules.facts import Prepared
from pathloom.engine.rules.nodes import (
    Among,
    AnyCourse,
    Cap,
    HasTag,
    Requirement,
    RuleSet,
    Split,
)
from pathloom.engine.units import SchoolYear

ADVANCED = Among("advanced", "Advanced", HasTag("advanced"), credits=100, courses=2)
CTE = Requirement("cte", "CTE", 200, HasTag("cte"), "s", same="pathway", among=(ADVANCED,))
ART = Requirement("art", "Art", 100, HasTag("art"), "s")
MUSIC = Requirement("music", "Music", 100, HasTag("music"), "s")
FINE = Requirement("fine", "Fine", 100, AnyCourse(), "s", choose=1, of=(ART, MUSIC))
LANGUAGE = Requirement("language", "Language", 100, HasTag("language"), "s")
REST = Requirement("rest", "Rest", 200, AnyCourse(), "s")
ONLINE = Cap("online", "Online", HasTag("online"), 50, "s", within="rest")
TRANSFER = Cap("transfer", "Transfer", HasTag("transfer"), 100, "s")
RULES = RuleSet(
    id="x/diploma/1",
    jurisdiction="x",
    diploma="diploma",
    title="X",
    status="draft",
    credit_name="credit",
    total=600,
    requirements=(CTE, FINE, LANGUAGE, REST),
    sources=(),
    split=Split.NEVER,
    caps=(ONLINE, TRANSFER),
)
RECORDS = tuple(
    CourseRecord(name, 100, State.EARNED, title=name, subject="x", tags=frozenset(tags.split()))
    for name, tags in {
        "welding-1": "cte pathway:welding advanced",
        "welding-2": "cte pathway:welding",
        "nursing": "cte pathway:nursing advanced",
        "drawing": "art",
        "choir": "music",
        "latin": "language transfer",
        "web": "online transfer",
        "chess": "online",
    }.items()
)
TAKEN: dict[str, tuple[str, ...]] = {"fine": ("art",)}
VALUES = {"cte": "welding"}


def counted(record: str, requirement: str, amount: int = 100, **more: object) -> Counted:
    return replace(Counted(record, requirement, amount, State.EARNED), **more)  # type: ignore[arg-type]


GOOD = (
    counted("welding-1", "cte"),
    counted("welding-2", "cte"),
    counted("drawing", "art"),
    counted("latin", "language"),
    counted("chess", "rest", 50),
    counted("choir", "rest"),
)


def judged(certificate: tuple[Counted, ...], **more: object) -> Evaluation:
    """Evaluate; ``more`` are other fields of ``Prepared``, or ``chosen`` and ``values``."""
    chosen, values = more.pop("chosen", TAKEN), more.pop("values", VALUES)
    rules = more.pop("ruleset", RULES)
    record = StudentRecord("s", SchoolYear(2023), RECORDS)
    prepared = replace(Prepared(record, rules, RECORDS), **more)  # type: ignore[arg-type]
    return evaluate(prepared, certificate, chosen=chosen, values=values)  # type: ignore[arg-type]


def test_a_right_certificate_is_added_up_with_what_is_asked_for_besides() -> None:
    found = judged(GOOD)
    assert found.requirements["fine"].status is Status.MET
    assert found.needed["fine"] == ("art",)
    assert found.requirements["rest"].short == 50
    (credit, courses) = found.extra["cte"]
    assert (credit[0], credit[2].status, credit[2].need) == ("advanced", Status.MET, 100)
    assert (courses[0], courses[2].measure) == ("advanced-courses", Measure.COURSES)
    assert (courses[2].need, courses[2].short) == (200, 100)
    # All its credit is there, and yet it is short: only one of two advanced courses is.
    assert (found.requirements["cte"].short, found.requirements["cte"].status) == (0, Status.SHORT)


WRONG: dict[str, tuple[tuple[Counted, ...], dict[str, object]]] = {
    "'music' is not among the alternatives taken": ((counted("choir", "music"),), {}),
    "'fine': not 1 of its alternatives": ((), {"chosen": {}}),
    "'fine': not 1 of its": ((), {"chosen": {"fine": ("art", "music")}}),
    "'fine': not 1 of": ((), {"chosen": {"fine": ("cte",)}}),
    "not of the pathway 'welding'": ((counted("nursing", "cte"),), {}),
    "not of the pathway ''": ((counted("welding-1", "cte"),), {"values": {}}),
    "more than the cap 'online' lets count": ((counted("chess", "rest", 100),), {}),
    "more than the cap 'transfer' lets count": (
        (counted("latin", "language"), counted("web", "rest", 50)),
        {},
    ),
    "the student is exempt there": (
        (counted("latin", "language"),),
        {"exempt": frozenset({"language"})},
    ),
    "more than the requirement needs": (
        (counted("latin", "language"),),
        {"excused": {"language": 50}},
    ),
    "the record does not match": (
        (counted("choir", "language"),),
        {"admitted": {"language": frozenset({"drawing"})}},
    ),
}


@pytest.mark.parametrize("reason", WRONG)
def test_a_wrong_certificate_is_refused(reason: str) -> None:
    certificate, more = WRONG[reason]
    with pytest.raises(CertificateError) as refused:
        judged(certificate, **more)
    assert reason in str(refused.value)


def test_staff_may_let_a_course_in_also_where_one_pathway_is_asked_for() -> None:
    admitted = {"cte": frozenset({"choir"})}
    found = judged((counted("choir", "cte"),), admitted=admitted)
    assert found.requirements["cte"].earned == 100


def test_what_is_excused_is_not_needed_and_says_so() -> None:
    part = judged((counted("latin", "language", 50),), excused={"language": 50})
    amounts = part.requirements["language"]
    assert (amounts.need, amounts.excused, amounts.status) == (50, 50, Status.MET)
    whole = judged((), excused={"language": 100}).requirements["language"]
    assert (whole.need, whole.excused, whole.status) == (0, 100, Status.EXCUSED)


def test_an_exempt_choice_needs_no_alternative() -> None:
    found = judged((), exempt=frozenset({"fine", "art", "music"}), chosen={})
    assert found.requirements["fine"].status is Status.EXCUSED
    assert found.requirements["fine"].excused == 100


def test_the_total_falls_by_what_is_lowered_and_leaves_out_what_stays_outside() -> None:
    found = judged((), lowered=100, outside_total=frozenset({"drawing", "choir"}))
    # Six records of one credit are left; of the two under the cap on transfer one counts.
    assert (found.total.need, found.total.earned) == (500, 500)
    assert judged((), outside_total=frozenset({"drawing"})).total.earned == 600
    assert judged((), ruleset=replace(RULES, total=900)).total.earned == 700


def test_a_choice_in_an_alternative_not_taken_needs_no_answer() -> None:
    inner = replace(FINE, id="inner")
    outer = Requirement("outer", "Outer", 100, AnyCourse(), "s", choose=1, of=(LANGUAGE, inner))
    rules = replace(RULES, requirements=(outer,), caps=())
    taken = {"outer": ("language",)}
    found = judged((counted("latin", "language"),), ruleset=rules, chosen=taken)
    assert found.status is Status.MET
