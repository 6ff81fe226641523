"""Copies of portals as files: the work of making one, and the zip that came of it."""

from __future__ import annotations

from django.db import models

from pathloom.portal.accounts.models import School
from pathloom.portal.core.models import (
    JOB_DONE_OF,
    JOB_IS_OPEN,
    JOB_STATE_WITH_ITS_TIMES,
    Job,
)


class PortalCopy(Job):
    """A copy of a school's whole portal, made by a worker.

    ``made_from`` is the hash of the district's newest public event when the work began; what came
    after it may not be in the copy. The result of one that is done is ``{"files", "bytes"}``.
    """

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    made_from = models.CharField(max_length=64, blank=True, default="")

    class Meta(Job.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=("school",), condition=JOB_IS_OPEN, name="copy_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=JOB_STATE_WITH_ITS_TIMES, name="copy_state_with_its_times"
            ),
            models.CheckConstraint(condition=JOB_DONE_OF, name="copy_done_of"),
        )

    def __str__(self) -> str:
        return f"Copy of the portal of {self.school}: {self.state}"


class PortalCopyFile(models.Model):
    """The zip of a finished copy, in the database: who made it may be on another machine."""

    copy = models.OneToOneField(PortalCopy, models.CASCADE, related_name="file")
    zip = models.BinaryField()

    def __str__(self) -> str:
        return f"Zip of copy {self.copy_id}"
