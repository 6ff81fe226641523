"""Copies of a school's portal: the newest, the one to download, and whether it is still true."""

from __future__ import annotations

from pathloom.portal.accounts.models import School
from pathloom.portal.core.models import ChainHead, Event
from pathloom.portal.programs.models import PortalCopy, PortalCopyFile

START, CANCEL, KEEP = "programs.start_copy", "programs.cancel_copy", "programs.keep_copy"


def newest_copy(school: School) -> PortalCopy | None:
    """The copy that was asked for last, however far it is."""
    return PortalCopy.objects.filter(school=school).select_related("school", "asked_by").first()


def finished_copy(school: School) -> PortalCopy | None:
    """The newest copy that can be downloaded."""
    done = PortalCopy.objects.filter(school=school, state=PortalCopy.State.DONE)
    return done.select_related("asked_by", "school").first()


def zip_of(school: School) -> bytes | None:
    """The zip of the copy that can be downloaded; None where there is none."""
    newest = PortalCopyFile.objects.filter(copy__school=school).order_by("-copy__asked_at", "-pk")
    file = newest.first()
    return bytes(file.zip) if file else None


def newest_public_event(school: School) -> str:
    """The hash of the last thing done in the school's district that a public page may show."""
    heads = ChainHead.objects.filter(district_id=school.district_id)
    return heads.values_list("public", flat=True).first() or ""


def changed_since(copy: PortalCopy) -> bool:
    """Whether anybody did something since a copy was begun that a public page may show.

    That copies are made is on no page.
    """
    public = Event.objects.filter(district_id=copy.school.district_id, student_id__isnull=True)
    then = public.filter(hash=copy.made_from).first()
    if then is None:
        return True
    return public.filter(number__gt=then.number).exclude(action__in=(START, CANCEL, KEEP)).exists()
