"""Taking over what a template changed since a draft was started from it."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from pathloom.engine.program.merge import Name, take_over
from pathloom.portal.accounts.models import User
from pathloom.portal.core.errors import UserError
from pathloom.portal.programs.actions.lines import locked_draft, refuse_author, write
from pathloom.portal.programs.models import ProgramVersion
from pathloom.portal.programs.queries.sheets import base_of, sheet_of_version
from pathloom.portal.programs.queries.templates import base_from


@transaction.atomic
def take_over_lines(
    version: ProgramVersion, *, by: User, revision: int, names: Iterable[Name] | None = None
) -> ProgramVersion:
    """Take over lines of a template as they are there now; all that do not clash, for None.

    Args:
        revision: the revision the author saw; another one now is refused, nothing is taken over.
    Raises:
        UserError: no author, not a draft, no template, or somebody saved a change since.
    """
    version = locked_draft(version)
    refuse_author(version, by=by)
    base = base_of(version)
    newest = base_from(version.base, district=version.program.home_district)
    if version.state not in (ProgramVersion.State.DRAFT, ProgramVersion.State.RETURNED):
        raise UserError(_("This version is no draft."), _("Start a draft first."))
    if base is None or newest is None:
        raise UserError(_("This draft has no template any more."), _("Change its lines by hand."))
    if version.revision != revision:
        raise UserError(
            _("Somebody changed the draft since you opened this page."), _("Look at it again.")
        )
    ours = sheet_of_version(version)
    taken = take_over(base=base, ours=ours, newest=newest.sheet, names=names)
    version.base = newest.name if names is None else version.base
    what = _("Taken over from the template.")
    return write(version, by=by, sheet=taken.sheet, what=what, base=taken.base)
