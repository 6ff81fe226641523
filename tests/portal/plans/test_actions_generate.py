"""Generating and starting a plan: what comes of it, and when it is refused."""

from __future__ import annotations

import pytest

from pathloom.engine.planner.types import Infeasible
from pathloom.portal.accounts.models import District
from pathloom.portal.catalog.models import Offering
from pathloom.portal.core.errors import UserError
from pathloom.portal.plans import actions
from pathloom.portal.plans.models import GraduationPlan, PlanVersion
from pathloom.portal.programs.models import Publication
from tests.portal.plans.desk import (
    FALL,
    LAST,
    SPRING,
    add,
    begin,
    head_of,
    places,
    plan_for,
)
from tests.portal.records.cast import TODAY, Cast


def test_a_plan_is_generated_for_a_published_program_of_the_own_school(cast: Cast) -> None:
    version = actions.generate_plan(
        student=cast.student("mira"), program=cast.program, by=cast.user("mira"), as_of=TODAY
    )
    assert isinstance(version, PlanVersion)
    assert version.program_version is not None
    assert version.why == "The plan was made for Technology."
    assert {term for _course, term in places(version)} <= {SPRING, FALL, LAST}
    assert not [finding for finding in version.findings if finding["level"] == "stop"]
    assert plan_for(cast).program == cast.program


def test_the_same_plan_is_generated_again(cast: Cast) -> None:
    made = [
        actions.generate_plan(
            student=cast.student(name), program=None, by=cast.user(name), as_of=TODAY
        )
        for name in ("mira", "noah")
    ]
    assert isinstance(made[0], PlanVersion)
    assert isinstance(made[1], PlanVersion)
    assert made[0].placements == made[1].placements


def test_generating_again_makes_a_version_that_undo_takes_back(cast: Cast) -> None:
    begin(cast)
    add(cast, "BAND", LAST)
    actions.generate_plan(
        student=cast.student("mira"), program=None, by=cast.user("mira"), as_of=TODAY
    )
    before = actions.undo_edit(
        plan=plan_for(cast), expected_head=head_of(cast).pk, by=cast.user("mira")
    )
    assert places(before) == {("BAND", LAST)}


def test_programs_of_other_schools_and_unpublished_ones_are_refused(cast: Cast) -> None:
    with pytest.raises(UserError, match="another school"):
        actions.start_plan(
            student=cast.student("zed"), program=cast.program, by=cast.user("zed"), as_of=TODAY
        )
    Publication.objects.all().delete()
    with pytest.raises(UserError, match="not published"):
        actions.start_plan(
            student=cast.student("mira"), program=cast.program, by=cast.user("mira"), as_of=TODAY
        )
    assert not GraduationPlan.objects.exists()


def test_no_plan_is_an_answer_and_leaves_nothing_behind(cast: Cast) -> None:
    Offering.objects.filter(course__code="SCI-2").delete()  # no laboratory course: no diploma
    answer = actions.generate_plan(
        student=cast.student("mira"), program=None, by=cast.user("mira"), as_of=TODAY
    )
    assert isinstance(answer, Infeasible)
    assert answer.reasons
    assert not GraduationPlan.objects.exists()


def test_a_cohort_without_rules_is_said_in_words(cast: Cast) -> None:
    District.objects.filter(pk=cast.district.pk).update(jurisdiction="us-nowhere")
    with pytest.raises(UserError, match="no rules for 'us-nowhere/diploma'"):
        begin(cast)


def test_a_student_who_left_cannot_start_a_plan(cast: Cast) -> None:
    cast.students["mira"].enrollments.update(ends_on=TODAY)
    with pytest.raises(UserError, match="not enrolled"):
        begin(cast)
