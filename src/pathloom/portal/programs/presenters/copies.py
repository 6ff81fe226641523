"""A copy of a school's portal: what is there, and how far the next one is."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from pathloom.portal.accounts.models import School
from pathloom.portal.core.job_page import JobPage, JobWords, job_page
from pathloom.portal.programs.models import PortalCopy

Page = dict[str, Any]


def work_page(copy: PortalCopy, school: School) -> JobPage:
    """How far the copy is that was asked for last, or how it ended."""
    words = JobWords(
        title=_("Copying the portal of %s") % school.name,
        lead=_(
            "Every page is made anew, which takes a minute or two. You may close this page: the "
            "work goes on, and you find the copy here."
        ),
        first=_("Looking for the pages"),
        step=_("{done} of {of} files found so far"),
    )
    here = reverse("programs:portal_copy", args=[school.slug])
    cancel = reverse("programs:portal_copy_cancel", args=[school.slug])
    return job_page(copy, words=words, urls={"here": here, "cancel": cancel, "again": here})


def copy_page(
    school: School, copy: PortalCopy | None, *, changed: bool, work: JobPage | None
) -> Page:
    """The copy that can be downloaded, if any; and why the last one asked for is not there.

    Args:
        changed: whether the portal may say something else by now.
    """
    return {
        "school": school.name,
        "failed": work if work is not None and work["ended"] else None,
        "copy": _made(copy, changed=changed) if copy else None,
        "urls": {
            "portal": reverse("programs:portal", args=[school.slug]),
            "copy": reverse("programs:portal_copy", args=[school.slug]),
            "zip": reverse("programs:portal_zip", args=[school.slug]),
        },
    }


def _made(copy: PortalCopy, *, changed: bool) -> Page:
    result = copy.result or {}
    return {
        "at": copy.finished_at,
        "by": copy.asked_by.get_full_name(),
        "files": result["files"],
        "bytes": result["bytes"],
        "changed": changed,
    }
