"""Handing a plan in, signing it, sending it back."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from pathloom.portal.accounts.models import User
from pathloom.portal.core.errors import UserError
from pathloom.portal.core.events import record_event
from pathloom.portal.core.queries import today
from pathloom.portal.plans.actions.versions import conflict
from pathloom.portal.plans.checks import acting_role, nothing_stops, seen_as_is, words_of
from pathloom.portal.plans.models import GraduationPlan, PlanVersion, SignOff
from pathloom.portal.plans.roles import SIGNS_AS, required_roles
from pathloom.portal.records.access import relations_to
from pathloom.portal.records.models import Student

METHOD = "signed in"  # how the signer was known; other ways to sign come with their own word
State = PlanVersion.State


@transaction.atomic
def submit_plan(
    *, plan: GraduationPlan, expected_head: int, by: User, seen_hash: str, key: str
) -> SignOff:
    """Hand in the newest version; this is the student's signature.

    A version handed in before and not signed by everyone is superseded.

    Args:
        expected_head: id of the version on the page.
        seen_hash: the content hash that the page showed.
        key: made once with the form; the same form sent twice is one signature.
    Raises:
        Conflict: the plan has changed since the page was opened.
        UserError: not the student's own plan, handed in already, a stop finding, or unseen.
    """
    acting_role(by, plan.student, "plan.submit")
    held = _locked(plan.pk)
    given = _given(by, key=key, version_id=expected_head, role=SignOff.Role.STUDENT)
    if given is not None:
        return given
    if held.head_id != expected_head:
        raise conflict(held, expected_head=expected_head)
    version = _version(expected_head)
    if version.state != State.DRAFT:
        raise UserError(
            _("Version {number} was already handed in.").format(number=version.number),
            _("There is nothing more to do, unless you change the plan."),
        )
    nothing_stops(version)
    seen_as_is(version, seen_hash=seen_hash)
    now = timezone.now()
    held.versions.filter(state=State.SUBMITTED).update(state=State.SUPERSEDED)
    held.versions.filter(pk=version.pk).update(state=State.SUBMITTED, submitted_at=now)
    return _sign(held, version, role=SignOff.Role.STUDENT, by=by, key=key, action="submit_plan")


@transaction.atomic
def sign_plan(*, version: PlanVersion, role: str, by: User, seen_hash: str, key: str) -> SignOff:
    """Sign the version handed in last, as guardian or counselor.

    With the last required signature the version becomes the current one, and the one signed
    before it is superseded.

    Args:
        role: ``guardian`` or ``counselor``; the relation to the student is read again now.
        seen_hash, key: see ``submit_plan``.
    Raises:
        UserError: no such relation any more, not waiting for signatures, signed already, unseen.
    """
    student = version.plan.student
    if role not in (SignOff.Role.GUARDIAN, SignOff.Role.COUNSELOR):
        raise UserError(_("Students sign by handing in."), _("Use “Hand in” on your plan."))
    _stands_as(by, student, role)
    held = _locked(version.plan_id)
    given = _given(by, key=key, version_id=version.pk, role=role)
    if given is not None:
        return given
    latest = _version(version.pk)
    _waits_for_signatures(latest)
    _not_signed_yet(latest, role, by)
    seen_as_is(latest, seen_hash=seen_hash)
    return _sign(held, latest, role=role, by=by, key=key, action="sign_plan")


@transaction.atomic
def return_plan(*, version: PlanVersion, by: User, text: str) -> PlanVersion:
    """Send the version handed in last back to the student, with words.

    Its signatures stay with it; the student changes the plan, which makes a new version.

    Raises:
        UserError: no right to send back now, no words, or not waiting for signatures.
    """
    student = version.plan.student
    role = acting_role(by, student, "plan.return")
    words = words_of(text, where=_("return"))
    held = _locked(version.plan_id)
    _waits_for_signatures(_version(version.pk))
    held.versions.filter(pk=version.pk).update(
        state=State.RETURNED,
        returned_by=by,
        returned_at=timezone.now(),
        returned_why=words,
    )
    record_event(
        by=by,
        role=role,
        action="plans.return_plan",
        obj=version,
        student_id=student.pk,
        district_id=student.district_id,
        data={"plan": held.pk, "version": version.number},
    )
    return _version(version.pk)


def _sign(
    plan: GraduationPlan, version: PlanVersion, *, role: str, by: User, key: str, action: str
) -> SignOff:
    sign_off = SignOff.objects.create(
        version=version,
        role=role,
        signer=by,
        signer_name=by.get_full_name(),
        signed_at=timezone.now(),
        content_hash=version.content_hash,
        shown=statement(version),
        method=METHOD,
        key=key,
    )
    complete = _complete(plan, version)
    record_event(
        by=by,
        role=role,
        action=f"plans.{action}",
        obj=version,
        student_id=plan.student_id,
        district_id=plan.student.district_id,
        data={
            "plan": plan.pk,
            "version": version.number,
            "content_hash": version.content_hash,
            "complete": complete,
        },
    )
    return sign_off


def statement(version: PlanVersion) -> str:
    """The sentence that a signer agrees to; kept with the signature."""
    return _(
        "I have read version {number} of the graduation plan of {name} and agree to it."
    ).format(number=version.number, name=version.plan.student.name)


def _complete(plan: GraduationPlan, version: PlanVersion) -> bool:
    """With all required signatures the version becomes current and replaces the one before."""
    signed = set(version.sign_offs.values_list("role", flat=True))
    student = plan.student
    if not signed.issuperset(required_roles(student, on=today(student.district))):
        return False
    plan.versions.filter(state=State.SIGNED).update(state=State.SUPERSEDED)
    plan.versions.filter(pk=version.pk).update(state=State.SIGNED, signed_at=timezone.now())
    GraduationPlan.objects.filter(pk=plan.pk).update(current=version)
    return True


def _locked(plan_id: int) -> GraduationPlan:
    """The plan, locked for this transaction: signing, returning and editing take turns."""
    GraduationPlan.objects.filter(pk=plan_id).update(lock=F("lock") + 1)
    return GraduationPlan.objects.select_related("student__district").get(pk=plan_id)


def _version(version_id: int) -> PlanVersion:
    return PlanVersion.objects.select_related("plan__student__district").get(pk=version_id)


def _given(by: User, *, key: str, version_id: int, role: str) -> SignOff | None:
    """The signature that this very form has already made."""
    if not key:
        raise UserError(_("The form is incomplete."), _("Open the plan again and sign there."))
    given = SignOff.objects.filter(signer=by, key=key).first()
    if given is not None and (given.version_id, given.role) != (version_id, role):
        raise UserError(
            _("This form was already used for another signature."),
            _("Open the plan again and sign there."),
        )
    return given


def _stands_as(by: User, student: Student, role: str) -> None:
    acting_role(by, student, "plan.sign")
    if SIGNS_AS[role] not in relations_to(by, student):
        raise UserError(
            _("You cannot sign for {name} as {role}.").format(name=student.name, role=role),
            _("If this is new to you, ask the counseling office."),
        )


def _waits_for_signatures(version: PlanVersion) -> None:
    messages = {
        State.DRAFT: _("Version {number} is not handed in yet."),
        State.RETURNED: _("Version {number} was sent back to the student."),
        State.SUPERSEDED: _("A newer version has taken the place of version {number}."),
        State.SIGNED: _("Version {number} is already signed by everyone."),
    }
    if version.state != State.SUBMITTED:
        raise UserError(
            messages[State(version.state)].format(number=version.number),
            _("Open the plan again to see what is waiting for you."),
        )


def _not_signed_yet(version: PlanVersion, role: str, by: User) -> None:
    given = version.sign_offs.filter(role=role).first()
    if given is not None:
        who = _("You") if given.signer_id == by.pk else given.signer_name
        raise UserError(
            _("{who} already signed version {number} as {role}.").format(
                who=who, number=version.number, role=role
            ),
            _("There is nothing more to do."),
        )
