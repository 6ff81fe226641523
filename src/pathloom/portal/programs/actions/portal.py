"""Writing a school's portal: save a draft, publish it, go back."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pathloom.portal.accounts.models import Picture, School, User
from pathloom.portal.core.checks import check_logo, picture_of
from pathloom.portal.core.errors import Conflict, UserError
from pathloom.portal.core.events import record_event
from pathloom.portal.programs.access import SCHOOL_PORTALS
from pathloom.portal.programs.models import PortalVersion
from pathloom.portal.programs.models.portal import PORTAL_CONTENT, PortalContent
from pathloom.portal.programs.queries.portal import (
    content_of_portal,
    portal_draft,
    published_portals,
)


@transaction.atomic
def save_portal(
    school: School, content: PortalContent, *, by: User, seen: int, upload: bytes = b""
) -> PortalVersion:
    """Keep what a school's portal shall say as the draft; nothing changes in public.

    Args:
        seen: the revision of the draft the person looked at; 0 where there was none.
        upload: a new logo, as the file came; empty to keep the one of ``content``.
    Raises:
        UserError: the role is missing, or the logo is not one that can be shown.
        Conflict: somebody else saved the draft meanwhile.
    """
    School.objects.select_for_update().get(pk=school.pk)
    _refuse_stranger(school, by=by)
    draft = portal_draft(school)
    if (draft.revision if draft else 0) != seen:
        raise Conflict(
            _("Somebody else saved this portal meanwhile."),
            _("Your text is still in the form. Look at theirs in another window, then save."),
        )
    content = with_logo(content, upload) if upload else content
    PORTAL_CONTENT.validate_python(PORTAL_CONTENT.dump_python(content, mode="json"))
    if draft is None:
        draft = PortalVersion(school=school, number=_next_number(school), revision=0)
    draft.content = PORTAL_CONTENT.dump_python(content, mode="json")
    draft.revision += 1
    draft.author = by
    draft.saved_at = timezone.now()
    draft.save()
    _record(draft, by=by, action="save_portal")
    return draft


def with_logo(content: PortalContent, upload: bytes) -> PortalContent:
    """The content with a new logo; a picture is drawn anew and kept under its digest.

    Raises:
        UserError: it is neither plain shapes nor a picture that can be read.
    """
    try:
        if upload.lstrip()[:5].lower() in (b"<?xml", b"<svg "):
            svg = upload.decode("utf-8", errors="replace").strip()
            check_logo(svg)
            return replace(content, logo=svg, picture="")
        png = picture_of(upload)
    except ValidationError as error:
        raise UserError(" ".join(error.messages), _("Nothing was stored.")) from error
    digest = hashlib.sha256(png).hexdigest()
    Picture.objects.get_or_create(digest=digest, defaults={"png": png})
    return replace(content, logo="", picture=digest)


@transaction.atomic
def publish_portal(school: School, *, by: User) -> PortalVersion:
    """Let the draft be what everybody sees; the version before stays and can be brought back.

    Raises:
        UserError: the role is missing, or there is no draft.
    """
    School.objects.select_for_update().get(pk=school.pk)
    _refuse_stranger(school, by=by)
    draft = portal_draft(school)
    if draft is None:
        raise UserError(_("There is nothing new to publish."), _("Change something and save it."))
    draft.published_at = timezone.now()
    draft.save(update_fields=["published_at"])
    _wear(school, content_of_portal(draft))
    _record(draft, by=by, action="publish_portal")
    return draft


@transaction.atomic
def back_to_portal(version: PortalVersion, *, by: User) -> PortalVersion:
    """Publish once more what an earlier version says; a draft is kept as it is.

    Raises:
        UserError: the role is missing, or the version was never published.
    """
    school = School.objects.select_for_update().get(pk=version.school_id)
    _refuse_stranger(school, by=by)
    if not published_portals(school).filter(pk=version.pk).exists():
        raise UserError(_("This version was never published."), _("Choose another one."))
    draft = portal_draft(school)
    number = _next_number(school)
    if draft is not None:  # the draft stays the newest
        draft.number, number = number, draft.number
        draft.save(update_fields=["number"])
    now = timezone.now()
    again = PortalVersion.objects.create(
        school=school,
        number=number,
        content=version.content,
        author=by,
        saved_at=now,
        published_at=now,
    )
    _wear(school, content_of_portal(again))
    _record(again, by=by, action="back_to_portal", again=version.number)
    return again


@transaction.atomic
def discard_portal(school: School, *, by: User) -> None:
    """Throw the draft away; what is published stays.

    Raises:
        UserError: the role is missing, or there is no draft.
    """
    School.objects.select_for_update().get(pk=school.pk)
    _refuse_stranger(school, by=by)
    draft = portal_draft(school)
    if draft is None:
        raise UserError(_("There is no draft."), _("Nothing is left to do."))
    _record(draft, by=by, action="discard_portal")
    draft.delete()


def _refuse_stranger(school: School, *, by: User) -> None:
    if not SCHOOL_PORTALS.may_open(by, school):
        raise UserError(
            _("You may not change the portal of this school."),
            _("Ask an administrator of the school."),
        )


def _next_number(school: School) -> int:
    newest = PortalVersion.objects.filter(school=school).order_by("-number").first()
    return newest.number + 1 if newest else 1


def _wear(school: School, content: PortalContent) -> None:
    """The school's row is its face on every page."""
    school.name = content.name
    school.monogram = content.monogram
    school.brand_color = content.brand_color
    school.logo = content.logo
    school.picture_id = content.picture or None
    school.address_line = content.address
    school.languages = " ".join(content.languages)
    school.save()


def _record(version: PortalVersion, *, by: User, action: str, **data: Any) -> None:
    record_event(
        by=by,
        action=action,
        obj=version,
        district_id=version.school.district_id,
        data={"number": version.number, **data},
    )
