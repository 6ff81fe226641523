"""How far a job is, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

from django.utils.translation import gettext as _

from pathloom.portal.core.jobs import OPEN, State, is_lost
from pathloom.portal.core.models import Job


@dataclass(frozen=True, slots=True)
class JobWords:
    """What a kind of job says of itself: while it runs, and in ``first`` before its first step.

    ``step`` has places for ``{done}`` and ``{of}``.
    """

    title: str
    lead: str
    first: str
    step: str


class JobUrls(TypedDict):
    """``here`` is the page itself, ``again`` where the work is asked for."""

    here: str
    cancel: str
    again: str


class JobPage(TypedDict):
    """``open``: it waits or runs; ``done`` of ``of`` steps; ``ended``: cancelled, failed or not."""

    title: str
    lead: str
    open: bool
    ended: str
    words: str
    fix: str
    doing: str
    steps: str
    done: int
    of: int
    urls: JobUrls


def job_page(job: Job, *, words: JobWords, urls: JobUrls) -> JobPage:
    """Show a job that waits, runs, was stopped or failed."""
    lost = is_lost(job)
    step = words.step.format(done=min(job.done + 1, job.of), of=job.of)
    page: JobPage = {
        "title": words.title,
        "lead": words.lead,
        "open": job.state in OPEN and not lost,
        "ended": "",
        "words": "",
        "fix": "",
        "doing": _("Waiting to start") if job.state == State.WAITING else job.doing or words.first,
        "steps": step if job.of else _("Starting"),
        "done": job.done,
        "of": max(1, job.of),
        "urls": urls,
    }
    if lost:
        page["ended"], page["words"] = "failed", _("The work on this stopped.")
        page["fix"] = _("Start it again.")
    elif job.state == State.FAILED:
        said = job.result or {}
        page["ended"], page["words"], page["fix"] = "failed", said["message"], said["what_to_do"]
    elif job.state == State.CANCELLED:
        page["ended"], page["words"] = "cancelled", _("This was stopped. Nothing was changed.")
    return page
