"""Short ways to make, edit, hand in and sign a plan in tests, through the actions only."""

from __future__ import annotations

from uuid import uuid4

from pathloom.portal.plans import actions
from pathloom.portal.plans.models import GraduationPlan, PlanVersion, SignOff
from pathloom.portal.plans.queries import plan_of
from tests.portal.records.cast import TODAY, Cast

SPRING = "2026-27 spring"
FALL = "2027-28 fall"
LAST = "2027-28 spring"
BEGUN = "2026-27 fall"


def plan_for(cast: Cast, name: str = "mira") -> GraduationPlan:
    plan = plan_of(cast.student(name))
    assert plan is not None
    return plan


def head_of(cast: Cast, name: str = "mira") -> PlanVersion:
    head = plan_for(cast, name).head
    assert head is not None
    return PlanVersion.objects.select_related("plan__student__district").get(pk=head.pk)


def begin(cast: Cast, name: str = "mira") -> PlanVersion:
    """An empty first version."""
    return actions.start_plan(
        student=cast.student(name), program=None, by=cast.user(name), as_of=TODAY
    )


def add(cast: Cast, course: str, term: str, name: str = "mira") -> PlanVersion:
    plan = plan_for(cast, name)
    return actions.add_course(
        plan=plan,
        expected_head=head_of(cast, name).pk,
        course=course,
        term=term,
        by=cast.user(name),
    )


def submit(cast: Cast, name: str = "mira", *, key: str = "") -> SignOff:
    head = head_of(cast, name)
    return actions.submit_plan(
        plan=plan_for(cast, name),
        expected_head=head.pk,
        by=cast.user(name),
        seen_hash=head.content_hash,
        key=key or uuid4().hex,
    )


def sign(cast: Cast, version: PlanVersion, signer: str, role: str, *, key: str = "") -> SignOff:
    fresh = PlanVersion.objects.select_related("plan__student__district").get(pk=version.pk)
    return actions.sign_plan(
        version=fresh,
        role=role,
        by=cast.user(signer),
        seen_hash=fresh.content_hash,
        key=key or uuid4().hex,
    )


def submitted(cast: Cast, name: str = "mira") -> PlanVersion:
    """A first version with two courses, handed in."""
    begin(cast, name)
    add(cast, "ENG-2", SPRING, name)
    add(cast, "SCI-2", SPRING, name)
    return submit(cast, name).version


def signed(cast: Cast) -> PlanVersion:
    """Mira's plan, signed by all three."""
    version = submitted(cast)
    sign(cast, version, "gail", "guardian")
    sign(cast, version, "carla", "counselor")
    return PlanVersion.objects.get(pk=version.pk)


def places(version: PlanVersion) -> set[tuple[str, str]]:
    return {(course, term) for course, term in version.placements}


def state(version: PlanVersion) -> str:
    return str(PlanVersion.objects.values_list("state", flat=True).get(pk=version.pk))
