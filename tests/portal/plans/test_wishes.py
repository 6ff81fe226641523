"""Wishes, locks and bans: who says what, what the planner gets of it, and fixes with their undo."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from pathloom.engine.planner.types import Change, ChangeKind, Fix, Infeasible, Placement
from pathloom.engine.units import Term
from pathloom.portal.core.errors import UserError
from pathloom.portal.core.models import Event
from pathloom.portal.plans import actions
from pathloom.portal.plans.actions import generation
from pathloom.portal.plans.actions.wishes import Mark
from pathloom.portal.plans.models import PlanJob, PlanWishes
from pathloom.portal.plans.queries.wishes import wishes_of
from pathloom.portal.plans.snapshot import Basis, basis_of
from tests.portal.plans.desk import FALL, LAST, SPRING, add, begin, head_of
from tests.portal.records.cast import TODAY, Cast


def basis(cast: Cast) -> Basis:
    return basis_of(cast.student("mira"), program_version=None, on=TODAY)


def say(cast: Cast, course: str, mark: Mark, term: str = "", *, who: str = "mira") -> str:
    return actions.mark_course(
        basis=basis(cast), by=cast.user(who), course=course, mark=mark, term=term
    )


def kept(cast: Cast) -> PlanWishes:
    return wishes_of(cast.student("mira"))


def save(cast: Cast, who: str = "mira", **wishes: Any) -> PlanWishes:
    return actions.save_wishes(student=cast.student("mira"), by=cast.user(who), wishes=wishes)


def generate(cast: Cast) -> PlanJob:
    return actions.start_job(
        student=cast.student("mira"),
        kind="generate",
        by=cast.user("mira"),
        options={"program": None},
    )


def term_of(cast: Cast, course: str) -> str:
    return dict(head_of(cast).placements)[course]


def test_a_locked_course_stays_where_it_is_locked(cast: Cast) -> None:
    for term in (FALL, LAST):
        said = say(cast, "BAND", Mark.LOCK, term)
        assert said.startswith("Band is locked in")
        assert generate(cast).state == "done"
        assert term_of(cast, "BAND") == term
        say(cast, "BAND", Mark.UNLOCK, term)
    assert kept(cast).locks == []


def test_a_course_is_locked_in_one_term_only_unless_it_may_be_taken_again(cast: Cast) -> None:
    for who, name in (("mira", "locks"), ("carla", "staff_locks")):
        for course in ("BAND", "SCI-2"):
            say(cast, course, Mark.LOCK, FALL, who=who)
            say(cast, course, Mark.LOCK, LAST, who=who)
        assert getattr(kept(cast), name) == [["BAND", FALL], ["BAND", LAST], ["SCI-2", LAST]]


def test_a_lock_of_the_student_does_not_bind_the_students_own_hand(cast: Cast) -> None:
    begin(cast)
    add(cast, "BAND", FALL)
    say(cast, "BAND", Mark.LOCK, LAST)
    version = add(cast, "ENG-2", SPRING)
    assert "lock_moved" not in {finding["code"] for finding in version.findings}
    say(cast, "BAND", Mark.LOCK, LAST, who="carla")
    version = add(cast, "SCI-2", SPRING)
    assert "lock_moved" in {finding["code"] for finding in version.findings}


def test_a_wanted_course_is_in_the_plan_and_one_ruled_out_is_not(cast: Cast) -> None:
    say(cast, "ART-2", Mark.WANT)
    generate(cast)
    assert term_of(cast, "ART-2")
    say(cast, "ART-2", Mark.BAN)
    assert kept(cast).wanted == []
    generate(cast)
    assert "ART-2" not in dict(head_of(cast).placements)


@pytest.mark.parametrize("mark", [Mark.WANT, Mark.LIKE, Mark.AVOID, Mark.BAN])
def test_one_thing_is_said_of_a_course_and_taken_back_by_the_same_control(
    cast: Cast, mark: Mark
) -> None:
    say(cast, "BAND", Mark.LIKE)
    say(cast, "BAND", mark)
    row = kept(cast)
    assert [row.wanted, row.liked, row.avoided, row.bans].count(["BAND"]) == 1
    say(cast, "BAND", Mark.PLAIN)
    row = kept(cast)
    assert not any((row.wanted, row.liked, row.avoided, row.bans))


def test_every_change_of_wishes_is_one_event(cast: Cast) -> None:
    before = Event.objects.count()
    say(cast, "BAND", Mark.LOCK, FALL)
    save(cast, college="some", study_halls=[12])
    say(cast, "ENG-2", Mark.LOCK, SPRING, who="carla")
    events = Event.objects.order_by("-id")[: Event.objects.count() - before]
    assert [event.action for event in reversed(events)] == [
        "plans.mark_course",
        "plans.save_wishes",
        "plans.mark_course",
    ]
    assert [event.actor_role for event in reversed(events)] == ["student", "student", "counselor"]
    assert {event.student_id for event in events} == {cast.students["mira"].pk}


def test_what_staff_fixed_only_staff_take_off(cast: Cast) -> None:
    say(cast, "BAND", Mark.LOCK, FALL, who="carla")
    say(cast, "BAND", Mark.UNLOCK, FALL)
    assert kept(cast).staff_locks == [["BAND", FALL]]
    with pytest.raises(UserError, match="The school fixed Band"):
        say(cast, "BAND", Mark.BAN)
    say(cast, "BAND", Mark.UNLOCK, FALL, who="pia")
    assert kept(cast).staff_locks == []


def test_what_staff_ruled_out_the_student_cannot_lock_or_want(cast: Cast) -> None:
    say(cast, "BAND", Mark.BAN, who="carla")
    for mark, term in ((Mark.LOCK, FALL), (Mark.WANT, "")):
        with pytest.raises(UserError, match="ruled Band out"):
            say(cast, "BAND", mark, term)
    say(cast, "BAND", Mark.PLAIN)
    assert kept(cast).staff_bans == ["BAND"]
    say(cast, "BAND", Mark.PLAIN, who="carla")
    assert kept(cast).staff_bans == []


def test_staff_do_not_speak_for_the_student(cast: Cast) -> None:
    with pytest.raises(UserError, match="Only the student says"):
        say(cast, "BAND", Mark.WANT, who="carla")
    with pytest.raises(UserError, match="may not do this"):
        save(cast, "carla", college="most")


@pytest.mark.parametrize("who", ["gail", "noah", "una", "finn", "tess", "dana", "zack"])
def test_others_say_nothing(cast: Cast, who: str) -> None:
    with pytest.raises(UserError, match="may not do this"):
        say(cast, "BAND", Mark.LOCK, FALL, who=who)
    with pytest.raises(UserError, match="may not do this"):
        save(cast, who, college="most")
    assert not PlanWishes.objects.exists()


def test_a_course_the_school_does_not_offer_and_a_term_that_has_begun_are_refused(
    cast: Cast,
) -> None:
    with pytest.raises(UserError, match="does not offer a course NONE"):
        say(cast, "NONE", Mark.WANT)
    with pytest.raises(UserError, match="cannot be changed"):
        say(cast, "BAND", Mark.LOCK, "2026-27 fall")
    assert kept(cast).locks == []


def test_the_planner_is_asked_for_everything_that_is_wanted(cast: Cast) -> None:
    PlanWishes.objects.create(
        student=cast.student("mira"),
        wanted=["ART-1"],
        liked=["ART-2"],
        avoided=["BAND"],
        bans=["TEC-2"],
        staff_bans=["FIT-1"],
        locks=[["SCI-2", FALL]],
        staff_locks=[["ENG-2", SPRING]],
        every_year=["arts"],
        study_halls=[12],
        college="some",
        finish=FALL,
        most=200,
        fuller=50,
        more_terms=["2026-27 summer", "2028-29 fall"],
    )
    asked = basis(cast).asked
    assert asked.wishes.wanted == ("ART-1",)
    assert asked.wishes.liked == ("ART-2",)
    assert asked.wishes.avoided == ("BAND",)
    assert asked.wishes.every_year == ("arts",)
    assert asked.wishes.study_halls == (12,)
    assert asked.wishes.college_hours == 600
    assert asked.bans == ("TEC-2",)
    assert asked.staff_bans == ("FIT-1",)
    assert asked.locks == (Placement("SCI-2", Term.parse(FALL)),)
    assert asked.staff_locks == (Placement("ENG-2", Term.parse(SPRING)),)
    assert str(asked.finish) == FALL
    assert [str(entry.term) for entry in asked.terms] == [
        SPRING,
        "2026-27 summer",
        FALL,
        LAST,
        "2028-29 fall",
    ]
    assert {entry.most for entry in asked.terms} == {150, 250}
    assert str(asked.on_time) == LAST


def test_what_is_not_there_any_more_is_passed_over(cast: Cast) -> None:
    PlanWishes.objects.create(
        student=cast.student("mira"),
        wanted=["GONE", "BAND"],
        every_year=["astrology"],
        locks=[["GONE", FALL], ["BAND", "2025-26 fall"]],
        credentials=["none"],
        also=["us-nowhere/honor"],
        finish="2025-26 fall",
    )
    asked = basis(cast).asked
    assert asked.wishes.wanted == ("BAND",)
    assert asked.wishes.every_year == ()
    assert (asked.locks, asked.also, asked.finish) == ((), (), None)
    assert generate(cast).state == "done"


@pytest.mark.parametrize("wrong", [{"college": "all"}, {"most": 0}, {"fix": "Something."}])
def test_the_database_refuses_wishes_that_mean_nothing(cast: Cast, wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanWishes.objects.create(student=cast.student("mira"), **wrong)


def stuck(cast: Cast) -> PlanJob:
    """An impossible plan: Literature is needed and ruled out."""
    say(cast, "ENG-2", Mark.BAN)
    job = generate(cast)
    assert job.result is not None
    assert job.result["status"] == "infeasible"
    return job


def number_of(job: PlanJob, kind: ChangeKind) -> int:
    assert job.result is not None
    return next(
        number
        for number, fix in enumerate(job.result["fixes"])
        if [change["kind"] for change in fix["changes"]] == [kind]
    )


def test_a_fix_makes_a_plan_possible_and_can_be_undone(cast: Cast) -> None:
    begin(cast)
    job = stuck(cast)
    number = number_of(job, ChangeKind.ALLOW)
    row = actions.apply_fix(job=job, number=number, by=cast.user("mira"))
    assert row.bans == []
    assert row.fix == "Allow Literature again."
    assert generate(cast).version == head_of(cast)
    actions.undo_fix(student=cast.student("mira"), by=cast.user("mira"))
    row = kept(cast)
    assert (row.bans, row.fix, row.before_fix) == (["ENG-2"], "", None)
    with pytest.raises(UserError, match="nothing to undo"):
        actions.undo_fix(student=cast.student("mira"), by=cast.user("mira"))


def test_wishes_changed_after_a_fix_are_not_undone_with_it(cast: Cast) -> None:
    job = stuck(cast)
    actions.apply_fix(job=job, number=number_of(job, ChangeKind.ALLOW), by=cast.user("mira"))
    say(cast, "BAND", Mark.WANT)
    with pytest.raises(UserError, match="nothing to undo"):
        actions.undo_fix(student=cast.student("mira"), by=cast.user("mira"))
    assert (kept(cast).wanted, kept(cast).bans) == (["BAND"], [])


def test_a_fix_is_applied_once(cast: Cast) -> None:
    job = stuck(cast)
    number = number_of(job, ChangeKind.ALLOW)
    actions.apply_fix(job=job, number=number, by=cast.user("mira"))
    with pytest.raises(UserError, match="not offered any more"):
        actions.apply_fix(job=job, number=number, by=cast.user("mira"))


@pytest.mark.parametrize("number", [7, 1000])
def test_a_fix_that_was_not_offered_is_refused(cast: Cast, number: int) -> None:
    job = stuck(cast)
    with pytest.raises(UserError, match="not offered any more"):
        actions.apply_fix(job=job, number=number, by=cast.user("mira"))


def test_what_staff_decided_only_staff_take_back(cast: Cast) -> None:
    say(cast, "ENG-2", Mark.BAN, who="carla")
    job = generate(cast)
    number = number_of(job, ChangeKind.ALLOW)
    assert job.result is not None
    assert job.result["fixes"][number]["staff"]
    with pytest.raises(UserError, match="not for you to decide"):
        actions.apply_fix(job=job, number=number, by=cast.user("mira"))
    actions.apply_fix(job=job, number=number, by=cast.user("carla"))
    assert kept(cast).staff_bans == []
    with pytest.raises(UserError, match="not for you to decide"):
        actions.undo_fix(student=cast.student("mira"), by=cast.user("mira"))
    actions.undo_fix(student=cast.student("mira"), by=cast.user("carla"))
    assert kept(cast).staff_bans == ["ENG-2"]


def test_staff_do_not_take_back_what_the_student_decided(cast: Cast) -> None:
    job = stuck(cast)
    number = number_of(job, ChangeKind.ALLOW)
    with pytest.raises(UserError, match="The student decides this"):
        actions.apply_fix(job=job, number=number, by=cast.user("carla"))
    actions.apply_fix(job=job, number=number, by=cast.user("mira"))
    with pytest.raises(UserError, match="The student decides this"):
        actions.undo_fix(student=cast.student("mira"), by=cast.user("carla"))


SUMMER = "2026-27 summer"
CHANGES = (
    (Change(ChangeKind.LIGHTER), {"lighter": True}),
    (Change(ChangeKind.FULLER, amount=50), {"fuller": 50}),
    (Change(ChangeKind.SUMMER, term=Term.parse(SUMMER)), {"more_terms": [SUMMER]}),
    (Change(ChangeKind.LATER, term=Term.parse("2028-29 fall")), {"more_terms": ["2028-29 fall"]}),
    (Change(ChangeKind.NO_FINISH), {"finish": ""}),
    (Change(ChangeKind.NO_LIMIT, "College hours"), {"given_up": ["College hours"]}),
    (Change(ChangeKind.UNLOCK, "BAND", Term.parse(FALL)), {"locks": []}),
)  # fmt: skip


@pytest.mark.parametrize(("change", "expected"), CHANGES, ids=lambda one: str(one)[:24])
def test_every_kind_of_change_is_kept(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, change: Change, expected: dict[str, Any]
) -> None:
    PlanWishes.objects.create(student=cast.student("mira"), finish=FALL, locks=[["BAND", FALL]])

    def never(*_: Any, **__: Any) -> Infeasible:
        return Infeasible(("It does not fit.",), (Fix("Change it.", (change,)),))

    monkeypatch.setattr(generation, "find_plan", never)
    actions.apply_fix(job=generate(cast), number=0, by=cast.user("mira"))
    row = kept(cast)
    assert {name: getattr(row, name) for name in expected} == expected
