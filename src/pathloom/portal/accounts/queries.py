"""Which roles a person holds, where, and on which day."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from pathloom.portal.accounts.models import District, RoleGrant, School, User
from pathloom.portal.accounts.roles import ROLES
from pathloom.portal.core.queries import today


def roles_of(user: Any, *, on: date | None = None) -> "QuerySet[RoleGrant]":
    """The grants a person holds on a day, today by default; none for a stranger."""
    if not isinstance(user, User):
        return RoleGrant.objects.none()
    return user.grants_on(on or today(user.district))


def holds_role(user: Any, role: str, *, on: date | None = None) -> bool:
    """Whether a person holds a role on a day, today by default."""
    return roles_of(user, on=on).filter(role=role).exists()


def role_codes(user: Any, *, on: date | None = None) -> tuple[str, ...]:
    """The codes of a person's roles, in order of precedence."""
    held = set(roles_of(user, on=on).values_list("role", flat=True))
    return tuple(code for code in ROLES if code in held)


def may(user: Any, permission: str, *, on: date | None = None) -> bool:
    """Whether any of a person's roles has a permission."""
    return any(permission in ROLES[code].permissions for code in role_codes(user, on=on))


def schools_where(user: Any, role: str, *, on: date | None = None) -> "QuerySet[School]":
    """The schools at which a person holds a role; all of the district for a district grant."""
    grants = roles_of(user, on=on).filter(role=role)
    return School.objects.filter(
        Q(pk__in=grants.values("school")) | Q(district__in=grants.values("district"))
    )


def district_of_visitor(user: Any) -> District | None:
    """The district whose portal a visitor meets: one's own, else the first of this server."""
    if isinstance(user, User) and user.district is not None:
        return user.district
    return District.objects.order_by("pk").first()


def demo_people(district: District | None) -> Iterable[tuple[str, User]]:
    """One person per role for the sign-in page of a demonstration, in order of the roles."""
    for code in ROLES:
        grant = (
            RoleGrant.objects.filter(role=code, ends_on__isnull=True, user__district=district)
            .filter(user__is_active=True)
            .select_related("user")
            .order_by("user__pk")
            .first()
        )
        if grant is not None:
            yield code, grant.user
