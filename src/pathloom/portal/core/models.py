"""The event log: one hash chain per district."""

from django.db import models


class Event(models.Model):
    """One thing that somebody did. No foreign keys: the log never interferes with live data."""

    district_id = models.BigIntegerField()
    number = models.PositiveIntegerField(help_text="Position in the district's chain, from 1.")
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200)
    actor_role = models.CharField(max_length=40)
    action = models.CharField(max_length=80)
    object_type = models.CharField(max_length=80)
    object_id = models.CharField(max_length=80)
    student_id = models.BigIntegerField(null=True)
    data = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ("district_id", "number")
        indexes = (models.Index(fields=("student_id", "at"), name="event_student"),)
        constraints = (
            models.UniqueConstraint(fields=("district_id", "number"), name="event_number"),
            models.UniqueConstraint(fields=("district_id", "previous_hash"), name="event_no_fork"),
        )

    def __str__(self) -> str:
        return f"{self.district_id}/{self.number} {self.action}"


class ChainHead(models.Model):
    """The end of a district's chain; its row lock is what makes writers take turns.

    ``public`` is the hash of the newest event that names no student: as long as it stands, no
    action has changed anything that a public page can show.
    """

    district_id = models.BigIntegerField(unique=True)
    length = models.PositiveIntegerField(default=0)
    hash = models.CharField(max_length=64)
    public = models.CharField(max_length=64, default="")

    def __str__(self) -> str:
        return f"{self.district_id}/{self.length}"
