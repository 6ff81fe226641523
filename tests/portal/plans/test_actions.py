"""Edits, returns and comments: what they do, refuse and record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from pathloom.portal.accounts.models import District
from pathloom.portal.catalog.models import Offering
from pathloom.portal.core.errors import Conflict, UserError
from pathloom.portal.core.events import first_broken_link
from pathloom.portal.core.models import Event
from pathloom.portal.plans import actions
from pathloom.portal.plans.models import Comment, PlanVersion, StudentAudit
from pathloom.portal.plans.queries import audit_of
from pathloom.portal.records.models import CourseRecord, Student
from tests.portal.plans.desk import (
    BEGUN,
    FALL,
    LAST,
    SPRING,
    add,
    begin,
    head_of,
    places,
    plan_for,
    sign,
    state,
    submitted,
)
from tests.portal.records.cast import TODAY, Cast, give


def edit(cast: Cast, name: str, by: str = "mira", **arguments: Any) -> PlanVersion:
    action: Callable[..., PlanVersion] = getattr(actions, name)
    plan = plan_for(cast)
    head = head_of(cast)
    return action(plan=plan, expected_head=head.pk, by=cast.user(by), **arguments)


def test_every_edit_is_a_new_version_that_names_its_parent(cast: Cast) -> None:
    first = begin(cast)
    second = edit(cast, "add_course", course="ENG-2", term=SPRING)
    third = edit(cast, "move_course", course="ENG-2", term=FALL)
    fourth = edit(cast, "swap_course", course="ENG-2", instead="TEC-1")
    fifth = edit(cast, "remove_course", course="TEC-1")
    versions = [first, second, third, fourth, fifth]
    assert [version.number for version in versions] == [1, 2, 3, 4, 5]
    assert [version.parent for version in versions] == [None, *versions[:-1]]
    assert [places(version) for version in versions] == [
        set(),
        {("ENG-2", SPRING)},
        {("ENG-2", FALL)},
        {("TEC-1", FALL)},
        set(),
    ]
    assert [version.why for version in versions[1:]] == [
        "Literature was added in Spring 2027.",
        "Literature moved from Spring 2027 to Fall 2027.",
        "Technology 1 took the place of Literature in Fall 2027.",
        "Technology 1 was taken out of Fall 2027.",
    ]
    assert plan_for(cast).head == fifth


def test_every_version_keeps_its_own_audit_and_findings(cast: Cast) -> None:
    begin(cast)
    before = head_of(cast)
    add(cast, "TEC-2", SPRING)
    after = head_of(cast)
    assert audit_of(after).total.planned == 100
    assert audit_of(before).total.planned == 0
    assert after.ruleset == "us-demo/diploma/2020"
    assert any(finding["course"] == "TEC-2" for finding in after.findings)  # TEC-1 is missing


def test_undo_goes_back_step_by_step_and_every_step_is_a_new_version(cast: Cast) -> None:
    begin(cast)
    add(cast, "ENG-2", SPRING)
    add(cast, "SCI-2", FALL)
    once = edit(cast, "undo_edit")
    assert places(once) == {("ENG-2", SPRING)}
    assert once.number == 4
    assert once.why == "Undone: Laboratory was added in Fall 2027."
    twice = edit(cast, "undo_edit")
    assert places(twice) == set()
    with pytest.raises(UserError, match="nothing to undo"):
        edit(cast, "undo_edit")
    assert PlanVersion.objects.count() == 5


def test_an_edit_after_an_undo_is_what_the_next_undo_takes_back(cast: Cast) -> None:
    begin(cast)
    add(cast, "ENG-2", SPRING)
    edit(cast, "undo_edit")
    add(cast, "FIT-1", LAST)
    assert places(edit(cast, "undo_edit")) == set()


@pytest.mark.parametrize(
    ("name", "arguments", "words"),
    [
        ("add_course", {"course": "FIT-1", "term": BEGUN}, "Fall 2026 cannot be changed"),
        ("add_course", {"course": "FIT-1", "term": "Fall 2025"}, "cannot be changed"),
        ("add_course", {"course": "FIT-1", "term": "Fall 2030"}, "cannot be changed"),
        ("add_course", {"course": "FIT-1", "term": "<b>"}, "<b> cannot be changed"),
        ("add_course", {"course": "NONE", "term": FALL}, "does not offer a course NONE"),
        ("add_course", {"course": "ENG-2", "term": FALL}, "already planned in Spring 2027"),
        ("add_course", {"course": "ENG-2", "term": SPRING}, "already planned"),
        ("move_course", {"course": "ENG-2", "term": SPRING}, "already in Spring 2027"),
        ("move_course", {"course": "ENG-2", "term": BEGUN}, "cannot be changed"),
        ("move_course", {"course": "ENG-1", "term": FALL}, "ENG-1 is not in this plan"),
        ("remove_course", {"course": "NONE"}, "NONE is not in this plan"),
        ("swap_course", {"course": "ENG-2", "instead": "NONE"}, "does not offer"),
        ("swap_course", {"course": "ENG-2", "instead": "SCI-2"}, "already planned in Fall 2027"),
    ],
)
def test_an_edit_that_makes_no_sense_is_refused_in_words_and_changes_nothing(
    cast: Cast, name: str, arguments: dict[str, str], words: str
) -> None:
    begin(cast)
    add(cast, "ENG-2", SPRING)
    add(cast, "SCI-2", FALL)
    before = (PlanVersion.objects.count(), Event.objects.count(), plan_for(cast).lock)
    with pytest.raises(UserError, match=words) as refused:
        edit(cast, name, **arguments)
    assert refused.value.what_to_do
    assert before == (PlanVersion.objects.count(), Event.objects.count(), plan_for(cast).lock)


def test_a_course_that_may_be_repeated_is_moved_from_the_term_that_is_named(cast: Cast) -> None:
    begin(cast)
    add(cast, "BAND", SPRING)
    add(cast, "BAND", FALL)
    with pytest.raises(UserError, match="more than once"):
        edit(cast, "move_course", course="BAND", term=LAST)
    moved = edit(cast, "move_course", course="BAND", term=LAST, from_term=SPRING)
    assert places(moved) == {("BAND", FALL), ("BAND", LAST)}


def test_what_stood_in_a_term_that_has_begun_stays_and_cannot_be_edited(cast: Cast) -> None:
    begin(cast)
    add(cast, "ENG-2", SPRING)
    add(cast, "SCI-2", FALL)
    District.objects.update(demo_today=date(2027, 1, 10))
    for name, arguments in (
        ("remove_course", {"course": "ENG-2"}),
        ("move_course", {"course": "ENG-2", "term": LAST}),
        ("swap_course", {"course": "ENG-2", "instead": "TEC-1"}),
    ):
        with pytest.raises(UserError, match="Spring 2027 cannot be changed"):
            edit(cast, name, **arguments)
    kept = edit(cast, "move_course", course="SCI-2", term=LAST)
    assert places(kept) == {("ENG-2", SPRING), ("SCI-2", LAST)}
    assert audit_of(kept).total.planned == 100  # the record says what became of spring


def test_an_undo_does_not_reach_into_a_term_that_has_begun(cast: Cast) -> None:
    begin(cast)
    add(cast, "ENG-2", SPRING)
    District.objects.update(demo_today=date(2027, 1, 10))
    with pytest.raises(UserError, match="a term that has begun since"):
        edit(cast, "undo_edit")


def test_a_stale_edit_is_a_conflict_that_says_what_the_other_did(cast: Cast) -> None:
    opened = begin(cast)
    add(cast, "ENG-2", SPRING)
    add(cast, "SCI-2", FALL)
    with pytest.raises(Conflict) as conflict:
        actions.add_course(
            plan=plan_for(cast),
            expected_head=opened.pk,
            course="FIT-1",
            term=FALL,
            by=cast.user("mira"),
        )
    assert conflict.value.changes == (
        "Mira: Literature was added in Spring 2027.",
        "Mira: Laboratory was added in Fall 2027.",
    )
    assert PlanVersion.objects.count() == 3


def test_the_version_of_somebody_elses_plan_is_never_the_expected_one(cast: Cast) -> None:
    begin(cast)
    strange = begin(cast, "zed")
    with pytest.raises(Conflict):
        actions.add_course(
            plan=plan_for(cast),
            expected_head=strange.pk,
            course="FIT-1",
            term=FALL,
            by=cast.user("mira"),
        )


@pytest.mark.parametrize(
    "by", ["noah", "gail", "carla", "pia", "dana", "tess", "paul", "zed", "zia"]
)
def test_only_the_student_changes_the_plan(cast: Cast, by: str) -> None:
    begin(cast)
    add(cast, "ENG-2", SPRING)
    mira, user = cast.student("mira"), cast.user(by)
    for name, arguments in (
        ("add_course", {"course": "FIT-1", "term": FALL}),
        ("move_course", {"course": "ENG-2", "term": FALL}),
        ("remove_course", {"course": "ENG-2"}),
        ("swap_course", {"course": "ENG-2", "instead": "FIT-1"}),
        ("undo_edit", {}),
    ):
        with pytest.raises(UserError, match="may not do this for Mira Rivers"):
            edit(cast, name, by=by, **arguments)
    for start in (actions.start_plan, actions.generate_plan):
        with pytest.raises(UserError, match="may not do this"):
            start(student=mira, program=None, by=user, as_of=TODAY)
    assert PlanVersion.objects.count() == 2


def test_a_version_goes_back_with_words_and_keeps_its_signatures(cast: Cast) -> None:
    version = submitted(cast)
    sign(cast, version, "gail", "guardian")
    returned = actions.return_plan(version=version, by=cast.user("carla"), text=" Take Art. ")
    assert (returned.state, returned.returned_why) == ("returned", "Take Art.")
    assert returned.returned_by == cast.user("carla")
    assert set(returned.sign_offs.values_list("role", flat=True)) == {"student", "guardian"}
    again = add(cast, "ART-2", LAST)
    assert again.state == "draft"
    assert not again.sign_offs.exists()
    assert state(version) == "returned"


@pytest.mark.parametrize(
    "by", ["mira", "noah", "sam", "finn", "olga", "bo", "ed", "pia", "dana", "zack"]
)
def test_only_a_guardian_or_the_counselor_sends_back(cast: Cast, by: str) -> None:
    version = submitted(cast)
    with pytest.raises(UserError, match="may not do this"):
        actions.return_plan(version=version, by=cast.user(by), text="No.")
    assert state(version) == "submitted"


def test_a_return_needs_words_and_a_version_that_waits(cast: Cast) -> None:
    version = submitted(cast)
    with pytest.raises(UserError, match="has no words"):
        actions.return_plan(version=version, by=cast.user("gail"), text=" \n")
    actions.return_plan(version=version, by=cast.user("gail"), text="Not yet.")
    with pytest.raises(UserError, match="was sent back to the student"):
        actions.return_plan(version=version, by=cast.user("carla"), text="Me too.")
    draft = add(cast, "ART-2", LAST)
    with pytest.raises(UserError, match="not handed in yet"):
        actions.return_plan(version=draft, by=cast.user("carla"), text="Early.")


def test_comments_are_written_by_those_who_stand_near_and_taken_back_by_their_author(
    cast: Cast,
) -> None:
    version = begin(cast)
    written = {
        name: actions.comment_on_plan(version=version, by=cast.user(name), text="Try Band?")
        for name in ("mira", "gail", "carla")
    }
    assert [written[name].author_role for name in written] == ["student", "guardian", "counselor"]
    for name in ("noah", "pia", "dana", "tess", "paul", "bo", "zoe", "zack", "zia"):
        with pytest.raises(UserError):
            actions.comment_on_plan(version=version, by=cast.user(name), text="Hello")
    with pytest.raises(UserError, match="Only the person who wrote"):
        actions.withdraw_comment(comment=written["gail"], by=cast.user("carla"))
    taken_back = actions.withdraw_comment(comment=written["gail"], by=cast.user("gail"))
    assert taken_back.withdrawn_at is not None
    with pytest.raises(UserError, match="already taken back"):
        actions.withdraw_comment(comment=written["gail"], by=cast.user("gail"))
    with pytest.raises(UserError, match="has 2001 characters"):
        actions.comment_on_plan(version=version, by=cast.user("gail"), text="x" * 2001)
    assert Comment.objects.count() == 3


def test_each_action_records_exactly_one_event_and_the_chain_holds(cast: Cast) -> None:
    count = 0
    mira = cast.student("mira")

    def one_more(action: str) -> None:
        nonlocal count
        count += 1
        last = Event.objects.order_by("-number").filter(district_id=cast.district.pk).first()
        assert last is not None
        assert Event.objects.count() == count
        assert (last.action, last.student_id) == (f"plans.{action}", mira.pk)

    begin(cast)
    one_more("start_plan")
    for name, arguments in (
        ("add_course", {"course": "ENG-2", "term": SPRING}),
        ("move_course", {"course": "ENG-2", "term": FALL}),
        ("swap_course", {"course": "ENG-2", "instead": "TEC-1"}),
        ("remove_course", {"course": "TEC-1"}),
        ("undo_edit", {}),
    ):
        edit(cast, name, **arguments)
        one_more(name)
    actions.generate_plan(student=mira, program=None, by=cast.user("mira"), as_of=TODAY)
    one_more("generate_plan")
    head = head_of(cast)
    actions.submit_plan(
        plan=plan_for(cast),
        expected_head=head.pk,
        by=cast.user("mira"),
        seen_hash=head.content_hash,
        key="k",
    )
    one_more("submit_plan")
    sign(cast, head, "gail", "guardian")
    one_more("sign_plan")
    actions.return_plan(version=head, by=cast.user("carla"), text="Why Band?")
    one_more("return_plan")
    comment = actions.comment_on_plan(version=head, by=cast.user("carla"), text="See me.")
    one_more("comment_on_plan")
    actions.withdraw_comment(comment=comment, by=cast.user("carla"))
    one_more("withdraw_comment")
    actions.refresh_audits(students=[mira], by=cast.user("carla"))
    one_more("refresh_audits")
    assert first_broken_link(cast.district.pk) is None


def test_audits_are_kept_once_and_made_again_only_when_something_changed(cast: Cast) -> None:
    students = Student.objects.select_related("district").filter(district=cast.district)
    assert actions.refresh_audits(students=students) == 3  # not Kit, who is in grade 3
    assert actions.refresh_audits(students=students) == 0
    kept = StudentAudit.objects.get(student=cast.students["mira"])
    assert (kept.status, kept.areas[-1]["earned"]) == ("short", 200)
    give(cast.student("mira"), "TEC-1", term="2025-26 spring")
    assert actions.refresh_audits(students=students) == 1
    kept.refresh_from_db()
    assert kept.areas[-1]["earned"] == 300
    Offering.objects.filter(school=cast.high, course__code="BAND").delete()
    assert actions.refresh_audits(students=students) == 3
    assert Event.objects.count() == 3
    assert not StudentAudit.objects.filter(student=cast.students["zed"]).exists()


def test_the_same_record_in_another_order_is_not_audited_again(cast: Cast) -> None:
    mira = cast.student("mira")
    actions.refresh_audits(students=[mira])
    rows = list(CourseRecord.objects.filter(student=mira).order_by("-pk"))
    CourseRecord.objects.filter(student=mira).delete()
    for row in rows:
        row.pk = None
        row.save(force_insert=True)
    assert actions.refresh_audits(students=[mira]) == 0
