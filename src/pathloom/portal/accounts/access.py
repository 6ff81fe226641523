"""Pages that belong to a role rather than to one object."""

from collections.abc import Callable

from pathloom.portal.accounts.models import User
from pathloom.portal.accounts.roles import ROLES
from pathloom.portal.core.access import View, Visitor, holds
from pathloom.portal.core.queries import today


def signed_in_as(*codes: str) -> Callable[[View], View]:
    """Only people who hold one of these roles today may open the page; others get 403."""
    unknown = set(codes) - set(ROLES)
    if unknown or not codes:
        raise ValueError(f"signed_in_as: unknown roles {sorted(unknown)}. Use codes of roles.py.")

    def test(user: Visitor) -> bool:
        if not isinstance(user, User):
            return False
        return user.grants_on(today(user.district)).filter(role__in=codes).exists()

    return holds(", ".join(codes), test)
