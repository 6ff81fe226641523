"""Loading the demo district: all of it once, nothing the second time, nobody else touched."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.db import models, transaction

from pathloom.portal.accounts.models import District, RoleGrant, School, User
from pathloom.portal.accounts.queries import demo_people
from pathloom.portal.accounts.roles import ROLES
from pathloom.portal.catalog.models import Course, Offering
from pathloom.portal.core.events import first_broken_link
from pathloom.portal.core.models import Event
from pathloom.portal.demo.actions import CAST, PASSWORD
from pathloom.portal.demo.actions.district import agreements, demo, programs
from pathloom.portal.demo.actions.load import load_demo
from pathloom.portal.plans.models import GraduationPlan, PlanVersion, SignOff, StudentAudit
from pathloom.portal.programs import checks
from pathloom.portal.programs.models import CollegeAgreements, ProgramVersion, Publication
from pathloom.portal.programs.queries.authoring import written_programs
from pathloom.portal.programs.snapshot import agreements_for
from pathloom.portal.records.models import (
    CaseloadAssignment,
    CourseRecord,
    Enrollment,
    Guardianship,
    Student,
)

KINDS: tuple[type[models.Model], ...] = (
    District, School, User, Course, Offering, Publication, Student, Enrollment, CourseRecord,
    Guardianship, StudentAudit, GraduationPlan, PlanVersion, SignOff, Event,
)  # fmt: skip
STRANGER = "cypress-bend"


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[District]:
    """The demo district beside a stranger's; taken back after the tests of this file."""
    with django_db_blocker.unblock(), transaction.atomic():
        District.objects.create(slug=STRANGER, name="Cypress Bend Schools", jurisdiction="us-ga")
        assert load_demo()
        yield District.objects.get(slug=demo().district.slug)
        transaction.set_rollback(True)


def counts() -> dict[str, int]:
    return {kind.__name__: kind._default_manager.count() for kind in KINDS}


@pytest.mark.django_db
def test_second_load_changes_nothing(loaded: District) -> None:
    before = counts()
    assert not load_demo()
    assert counts() == before
    assert before["Student"] == 400


@pytest.mark.django_db
def test_load_writes_nothing_into_another_district(loaded: District) -> None:
    stranger = District.objects.get(slug=STRANGER)
    for kind in (School, User, Student, Course, Event):
        rows = kind._default_manager
        assert not rows.filter(district_id=stranger.pk).exists(), kind.__name__


@pytest.mark.django_db
def test_everybody_printed_can_sign_in_and_leads_with_the_printed_role(loaded: District) -> None:
    for person in CAST:
        user = authenticate(username=person.username, password=PASSWORD)
        assert isinstance(user, User)
        assert user.leading_role == person.role


@pytest.mark.django_db
def test_sign_in_page_offers_the_printed_people(loaded: District) -> None:
    offered = {role: user.username for role, user in demo_people(loaded)}
    assert list(offered) == list(ROLES)
    assert offered == {person.role: person.username for person in CAST}


@pytest.mark.django_db
def test_every_program_is_published_by_somebody_who_did_not_write_it(loaded: District) -> None:
    versions = [publication.version for publication in Publication.objects.all()]
    assert len(versions) == len(programs())
    assert all(version.author_id != version.reviewer_id for version in versions)


@pytest.mark.django_db
def test_every_program_has_an_owner_and_a_review_and_each_state_of_writing_is_there(
    loaded: District,
) -> None:
    written = written_programs(User.objects.get(username="mark.halvorsen"))
    assert all(each.program.owner and each.reviewed_on for each in written)
    assert {each.newest.state for each in written} == {"draft", "in_review", "published"}
    assert [each.program.slug for each in written if each.stale] == ["hotels-food-and-events"]
    draft = ProgramVersion.objects.get(program__school__district=loaded, state="draft")
    assert draft.remarks.count() == draft.proposals.count() == draft.invitations.count() == 1


@pytest.mark.django_db
def test_nothing_is_found_wrong_or_doubtful_about_any_program(loaded: District) -> None:
    for version in ProgramVersion.objects.filter(program__school__district=loaded):
        assert [str(finding) for finding in checks.run(version)] == [], version.title


@pytest.mark.django_db
def test_somebody_else_of_the_district_may_publish_what_one_of_it_wrote(loaded: District) -> None:
    grants = RoleGrant.objects.filter(role="district_admin", district=loaded)
    assert set(grants.values_list("user__username", flat=True)) == {
        "helen.whitcomb",
        "marian.colby",
    }


@pytest.mark.django_db
def test_agreements_with_colleges_are_published_and_read_back_as_written(loaded: District) -> None:
    version = CollegeAgreements.objects.get(district=loaded)
    assert version.author_id != version.reviewer_id
    assert agreements_for(loaded.pk) == agreements()


@pytest.mark.django_db
def test_every_student_before_graduation_planning_ends_has_a_kept_audit(loaded: District) -> None:
    planning = Enrollment.objects.filter(grade__gte=8).values("student")
    assert StudentAudit.objects.filter(student__in=planning).count() == planning.count() == 300


@pytest.mark.django_db
def test_cast_has_plans_in_every_state(loaded: District) -> None:
    states = set(PlanVersion.objects.values_list("state", flat=True))
    assert states == {"draft", "submitted", "returned", "signed"}
    for person in demo().cast:
        plans = GraduationPlan.objects.filter(student__user__username=person.user)
        assert plans.exists() == bool(person.plan), person.user


@pytest.mark.django_db
def test_counselor_to_sign_in_as_finds_plans_that_wait_for_her_signature(
    loaded: District,
) -> None:
    counselor = next(person.username for person in CAST if person.role == "counselor")
    waiting = PlanVersion.objects.filter(state="submitted").exclude(sign_offs__role="counselor")
    caseload = CaseloadAssignment.objects.filter(counselor__username=counselor)
    assert waiting.filter(plan__student__in=caseload.values("student")).count() >= 3


@pytest.mark.django_db
def test_every_plan_handed_in_leads_to_the_diploma(loaded: District) -> None:
    handed_in = PlanVersion.objects.exclude(state="draft")
    assert handed_in.count() >= 40
    assert not handed_in.filter(audit_status="short").exists()


@pytest.mark.django_db
def test_maya_lacks_only_the_fourth_mathematics_course(loaded: District) -> None:
    plan = GraduationPlan.objects.get(student__user__username="maya.ellison")
    assert plan.head is not None
    short = {area["id"]: area["short"] for area in plan.head.audit["requirements"]}
    assert {key for key, amount in short.items() if amount} == {"mathematics"}


@pytest.mark.django_db
def test_signatures_of_darius_stay_with_the_version_before_the_change(loaded: District) -> None:
    plan = GraduationPlan.objects.get(student__user__username="darius.webb")
    assert plan.current is not None
    assert plan.head is not None
    assert plan.current.sign_offs.count() == 3
    assert plan.head.sign_offs.count() == 0
    assert plan.head.number > plan.current.number


@pytest.mark.django_db
def test_a_guardian_is_barred_by_order_and_signed_nothing(loaded: District) -> None:
    [barred] = Guardianship.objects.filter(barred_by_order=True)
    assert not SignOff.objects.filter(signer=barred.guardian).exists()


@pytest.mark.django_db
def test_event_chain_of_the_loaded_district_holds(loaded: District) -> None:
    actions = set(Event.objects.filter(district_id=loaded.pk).values_list("action", flat=True))
    assert "demo.load_demo" in actions
    assert first_broken_link(loaded.pk) is None


@pytest.mark.django_db
def test_command_says_that_the_district_is_there_already(
    loaded: District, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("load_demo")
    assert "is there already; nothing was changed" in capsys.readouterr().out
