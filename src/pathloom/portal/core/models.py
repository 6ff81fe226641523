"""The event log, one hash chain per district; and what every job has, whatever its work is."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


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


class Job(models.Model):
    """Work beside the pages: asked for, carried out by a worker, kept. Each kind of work its table.

    ``done`` of ``of`` steps are behind it and ``doing`` says what comes now. ``heartbeat`` is when
    the worker was heard of last. ``result`` is what came of it, in the form of its kind; of a
    failed job it is ``{"message", "what_to_do"}``. The state changes by ``core.jobs`` only.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        CANCELLED = "cancelled"
        FAILED = "failed"

    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    of = models.PositiveIntegerField(default=0)
    doing = models.CharField(max_length=200, blank=True, default="")
    started_at = models.DateTimeField(null=True, blank=True)
    heartbeat = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    result = models.JSONField(null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ("-asked_at", "-id")


# For the constraints of each table of jobs, which need names of their own.
JOB_IS_OPEN = Q(state__in=("waiting", "running"))
JOB_STATE_WITH_ITS_TIMES = (
    Q(state="waiting", started_at__isnull=True, finished_at__isnull=True)
    | Q(state="running", started_at__isnull=False, heartbeat__isnull=False)
    & Q(finished_at__isnull=True)
    | Q(state__in=("done", "failed"), finished_at__isnull=False, result__isnull=False)
    | Q(state="cancelled", finished_at__isnull=False, result__isnull=True)
)
JOB_DONE_OF = Q(done__lte=F("of"))
