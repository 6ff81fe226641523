"""Every role on one screen: what it is, what it may do, and where it begins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from pathloom.portal.accounts.models import RoleCode

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

STUDENT = RoleCode.STUDENT.value
GUARDIAN = RoleCode.GUARDIAN.value
COUNSELOR = RoleCode.COUNSELOR.value
TEACHER = RoleCode.TEACHER.value
SCHOOL_ADMIN = RoleCode.SCHOOL_ADMIN.value
DISTRICT_ADMIN = RoleCode.DISTRICT_ADMIN.value
PARTNER = RoleCode.PARTNER.value


@dataclass(frozen=True, slots=True)
class Role:
    """A role: permissions say what; the access rules of each kind of object say whose."""

    code: str
    title: StrOrPromise
    sees: StrOrPromise
    permissions: frozenset[str]
    home: str  # URL name of the first page


def _role(code: str, title: StrOrPromise, sees: StrOrPromise, home: str, *permissions: str) -> Role:
    return Role(code, title, sees, frozenset(permissions), home)


ROLES: dict[str, Role] = {
    role.code: role
    for role in (
        _role(
            STUDENT, _("Student"), _("Your own record and your own plan."), "plans:home",
            "plan.read", "plan.edit", "plan.submit", "plan.comment",
        ),
        _role(
            GUARDIAN, _("Guardian"), _("The children linked to you, nobody else’s."),
            "plans:children", "plan.read", "plan.sign", "plan.return", "plan.comment",
        ),
        _role(
            COUNSELOR, _("Counselor"), _("The students on your caseload today."),
            "plans:caseload", "plan.read", "plan.sign", "plan.return", "plan.comment",
            "plan.fix", "exception.propose",
        ),
        _role(
            TEACHER, _("Teacher"), _("Programs and courses. No student’s plan yet."),
            "accounts:staff",
        ),
        _role(
            SCHOOL_ADMIN, _("School administrator"), _("The students of your school."),
            "accounts:staff", "plan.read", "plan.fix", "exception.propose", "exception.grant",
        ),
        _role(
            DISTRICT_ADMIN, _("District administrator"), _("The students of your district."),
            "accounts:staff", "plan.read",
        ),
        _role(
            PARTNER, _("Business partner"), _("Public pages. Nothing about any student."),
            "accounts:partner",
        ),
    )
}  # fmt: skip
