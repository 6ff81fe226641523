"""What pages ask: where a student stands, what changed, who needs a person first."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

from pathloom.portal.accounts.models import District
from pathloom.portal.plans import actions
from pathloom.portal.plans.models import PlanVersion, StudentAudit
from pathloom.portal.plans.queries import (
    Need,
    NextStep,
    caseload_of,
    children_of,
    compare,
    latest_submitted,
    plan_of,
    signatures_of,
    where_i_stand,
)
from pathloom.portal.records.models import CaseloadAssignment, Student
from pathloom.portal.records.roles import Relation
from tests.portal.plans.desk import (
    BEGUN,
    FALL,
    LAST,
    SPRING,
    add,
    begin,
    head_of,
    plan_for,
    sign,
    signed,
    submit,
    submitted,
)
from tests.portal.records.cast import LONG_AGO, TODAY, Cast, enroll, give

Queries = Callable[[int], AbstractContextManager[Any]]


def test_a_student_without_a_plan_is_told_to_start_one(cast: Cast) -> None:
    standing = where_i_stand(cast.student("mira"))
    assert standing.audit is not None
    assert standing.next_step is NextStep.START
    assert standing.areas[-1].id == "total"
    assert (standing.areas[-1].earned, standing.areas[-1].in_progress) == (200, 100)
    assert standing.first_missing
    assert standing.as_of == TODAY


def test_the_kept_audit_is_used_while_the_record_is_the_same(cast: Cast) -> None:
    mira = cast.student("mira")
    actions.refresh_audits(students=[mira])
    kept = StudentAudit.objects.get(student=mira)
    kept.result["sentence"] = "This is the kept one."
    kept.save()
    standing = where_i_stand(mira)
    assert standing.audit is not None
    assert standing.audit.sentence == "This is the kept one."
    give(mira, "TEC-1", term="2025-26 spring")
    fresh = where_i_stand(mira)
    assert fresh.audit is not None
    assert fresh.audit.total.earned == 300
    assert StudentAudit.objects.get(student=mira).input_hash == kept.input_hash  # nothing written


def test_a_kept_audit_reads_back_as_it_was_made(cast: Cast) -> None:
    mira = cast.student("mira")
    made = where_i_stand(mira).audit
    actions.refresh_audits(students=[mira])
    assert where_i_stand(mira).audit == made


def test_planning_has_not_begun_in_grade_3(cast: Cast) -> None:
    standing = where_i_stand(cast.student("kit"))
    assert (standing.audit, standing.next_step) == (None, NextStep.NOT_YET)


def test_a_cohort_without_rules_is_said_in_words(cast: Cast) -> None:
    District.objects.update(jurisdiction="us-nowhere")
    standing = where_i_stand(cast.student("mira"))
    assert standing.audit is None
    assert "us-nowhere/diploma" in standing.no_rules


def test_the_next_step_follows_the_life_of_the_plan(cast: Cast) -> None:
    def step() -> NextStep:
        return where_i_stand(cast.student("mira")).next_step

    begin(cast)
    assert step() is NextStep.FINISH
    for course, term in (
        ("ENG-2", SPRING), ("SCI-2", SPRING), ("TEC-1", SPRING), ("FIT-1", FALL), ("ART-2", FALL),
    ):  # fmt: skip
        add(cast, course, term)
    assert step() is NextStep.SUBMIT
    version = submit(cast).version
    assert step() is NextStep.WAIT
    actions.return_plan(version=version, by=cast.user("carla"), text="Why Painting?")
    assert step() is NextStep.REVISE
    add(cast, "BAND", LAST)
    version = submit(cast).version
    sign(cast, version, "gail", "guardian")
    sign(cast, version, "carla", "counselor")
    assert step() is NextStep.DONE


def test_the_home_of_a_student_asks_little(
    cast: Cast, django_assert_max_num_queries: Queries
) -> None:
    signed(cast)
    mira = cast.student("mira")
    actions.refresh_audits(students=[mira])
    with django_assert_max_num_queries(8):
        where_i_stand(mira)


def test_two_versions_are_compared_in_words(cast: Cast) -> None:
    begin(cast)
    add(cast, "ENG-2", SPRING)
    before = add(cast, "SCI-2", SPRING)
    actions.move_course(
        plan=plan_for(cast), expected_head=before.pk, course="ENG-2", term=FALL,
        by=cast.user("mira"),
    )  # fmt: skip
    actions.remove_course(
        plan=plan_for(cast), expected_head=head_of(cast).pk, course="SCI-2", by=cast.user("mira")
    )
    after = add(cast, "BAND", LAST)
    forth, back = compare(before, after), compare(after, before)
    assert forth.words == (
        "Literature moved from Spring 2027 to Fall 2027.",
        "Band was added in Spring 2028.",
        "Laboratory was taken out of Spring 2027.",
    )
    assert (forth.added, forth.removed) == (back.removed, back.added)
    assert forth.moved == tuple((new, old) for old, new in back.moved)
    assert compare(after, after).same


def test_the_newest_version_handed_in_is_found_behind_a_draft(cast: Cast) -> None:
    assert plan_of(cast.student("mira")) is None
    version = submitted(cast)
    add(cast, "BAND", LAST)
    assert latest_submitted(plan_for(cast)) == version
    assert signatures_of(version).missing == ("guardian", "counselor")


def test_who_needs_a_person_first_stands_first(cast: Cast) -> None:
    plans = {
        "broken": [("TEC-2", SPRING)],
        "short": [("ENG-2", SPRING)],
        "waits": [],
        "draft": [],
        "none": None,
    }
    complete = [
        ("ENG-2", SPRING), ("SCI-2", SPRING), ("TEC-1", SPRING), ("FIT-1", FALL), ("ART-2", FALL),
    ]  # fmt: skip
    for name, places in plans.items():
        student = enroll(cast, name, school=cast.high, grade=11, born_on=date(2010, 3, 1))
        for code, term in (("ENG-1", "2024-25 fall"), ("SCI-1", "2025-26 fall")):
            give(student, code, term=term)
        give(student, "ART-1", term=BEGUN, state="in_progress")
        CaseloadAssignment.objects.create(
            counselor=cast.users["carla"], student=student, starts_on=LONG_AGO
        )
        if places is not None:
            begin(cast, name)
            for course, term in places or complete:
                add(cast, course, term, name)
    submit(cast, "waits")
    actions.refresh_audits(students=Student.objects.select_related("district").all())
    rows = caseload_of(cast.user("carla"))
    assert [(row.student.first_name, row.need) for row in rows] == [
        ("Broken", Need.BROKEN),
        ("Short", Need.SHORT),
        ("Waits", Need.TO_SIGN),
        ("Draft", Need.UNSIGNED),
        ("Ada", Need.NO_PLAN),  # grade 12 before grade 11
        ("Mira", Need.NO_PLAN),
        ("None", Need.NO_PLAN),
    ]
    waits = rows[2]
    assert waits.waiting_for == ("guardian", "counselor")
    assert waits.submitted is not None
    assert (waits.status, waits.areas[-1].earned) == ("short", 200)


def test_a_signed_plan_is_on_track(cast: Cast) -> None:
    begin(cast)
    for course in ("ENG-2", "SCI-2", "TEC-1", "FIT-1"):
        add(cast, course, SPRING)
    add(cast, "ART-2", FALL)
    version = submit(cast).version
    (row,) = children_of(cast.user("gail"))
    assert (row.need, row.waiting_for) == (Need.TO_SIGN, ("guardian", "counselor"))
    sign(cast, version, "gail", "guardian")
    (row,) = children_of(cast.user("gail"))
    assert (row.need, row.waiting_for) == (Need.UNSIGNED, ("counselor",))
    sign(cast, version, "carla", "counselor")
    (row,) = children_of(cast.user("gail"))
    assert (row.need, row.current) == (Need.ON_TRACK, version)


def test_lists_hold_the_own_students_only(cast: Cast) -> None:
    submitted(cast)
    submitted(cast, "zed")

    def names(rows: tuple[Any, ...]) -> set[str]:
        return {row.student.first_name for row in rows}

    assert names(caseload_of(cast.user("carla"))) == {"Ada", "Mira"}
    assert names(caseload_of(cast.user("zack"))) == {"Zed"}
    assert names(children_of(cast.user("gail"))) == {"Mira"}
    for stranger in ("sam", "finn", "olga", "tess", "paul", "zia", "mira"):
        assert caseload_of(cast.user(stranger)) == ()
    for stranger in ("bo", "ed", "carla", "mira"):
        assert children_of(cast.user(stranger)) == ()
    assert names(caseload_of(cast.user("pia"), relation=Relation.SCHOOL)) == {
        "Ada", "Mira", "Noah",
    }  # fmt: skip


def test_five_or_forty_students_are_the_same_number_of_queries(
    cast: Cast, django_assert_num_queries: Queries
) -> None:
    submitted(cast)
    carla = cast.user("carla")
    assert carla.district is not None
    with django_assert_num_queries(7):
        assert len(caseload_of(carla)) == 2
    for number in range(40):
        name = f"s{number}"
        student = enroll(cast, name, school=cast.high, grade=10, born_on=date(2011, 3, 1))
        CaseloadAssignment.objects.create(counselor=carla, student=student, starts_on=LONG_AGO)
        if number % 4 == 0:
            begin(cast, name)
    with django_assert_num_queries(7):
        assert len(caseload_of(carla)) == 42


def test_an_unknown_course_in_an_old_version_stands_for_itself(cast: Cast) -> None:
    begin(cast)
    first, second = head_of(cast), add(cast, "BAND", LAST)
    second.placements = [["GONE", LAST]]
    assert compare(first, second).words == ("GONE was added in Spring 2028.",)
    assert PlanVersion.objects.count() == 2
