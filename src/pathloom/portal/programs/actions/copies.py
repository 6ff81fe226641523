"""Copies of a school's portal: asking for one, stopping it, keeping what was made."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks.base import Task

from pathloom.portal.accounts.models import School, User
from pathloom.portal.core.errors import UserError
from pathloom.portal.core.events import record_event
from pathloom.portal.core.jobs import add_once, reap_jobs, stop
from pathloom.portal.programs.access import SCHOOL_PORTALS
from pathloom.portal.programs.models import PortalCopy, PortalCopyFile
from pathloom.portal.programs.queries.copies import CANCEL, KEEP, START


def start_copy(school: School, *, by: User, make: Task[[int], None]) -> PortalCopy:
    """Ask for a copy of a school's portal; a worker makes it, the copy says how far it is.

    While one waits or runs, that one is returned and nothing is written.

    Args:
        make: the task that makes the copy with an id.
    Raises:
        UserError: the role is missing.
    """
    _refuse_stranger(school, by=by)
    reap_jobs()
    return _start(school, by=by, make=make)


@transaction.atomic
def _start(school: School, *, by: User, make: Task[[int], None]) -> PortalCopy:
    new = PortalCopy(school=school, asked_by=by, asked_at=timezone.now())
    copy = add_once(new, same=PortalCopy.objects.filter(school=school))
    if copy is not new:
        return copy
    _record(copy, by=by, action=START)
    make.enqueue(copy.pk)
    copy.refresh_from_db()
    return copy


@transaction.atomic
def cancel_copy(copy: PortalCopy, *, by: User) -> None:
    """Stop a copy that waits or is made; the one before it stays.

    Raises:
        UserError: the role is missing, or it has ended.
    """
    _refuse_stranger(copy.school, by=by)
    stop(copy, jobs=PortalCopy.objects.all())
    _record(copy, by=by, action=CANCEL)


@transaction.atomic
def keep_copy(copy: PortalCopy, data: bytes, *, made_from: str, files: int) -> None:
    """Keep the zip of a copy that is finished; older copies of the school go.

    Args:
        made_from: the hash of the newest public event when the work began.
        files: how many there are in the zip.
    """
    PortalCopy.objects.filter(pk=copy.pk).update(made_from=made_from)
    PortalCopyFile.objects.create(copy=copy, zip=data)
    PortalCopy.objects.filter(school=copy.school_id).exclude(pk=copy.pk).delete()
    _record(copy, by=copy.asked_by, action=KEEP, files=files, bytes=len(data))


def _refuse_stranger(school: School, *, by: User) -> None:
    if not SCHOOL_PORTALS.may_open(by, school):
        raise UserError(
            _("You may not copy the portal of this school."),
            _("Ask an administrator of the school."),
        )


def _record(copy: PortalCopy, *, by: User, action: str, **data: Any) -> None:
    record_event(by=by, action=action, obj=copy, district_id=copy.school.district_id, data=data)
