"""What people say and do while a version of a program of study is written."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from pathloom.portal.accounts.models import District
from pathloom.portal.programs.models.program import ProgramVersion


class Revision(models.Model):
    """What a version said after one saving; ``what`` says in a sentence what was done.

    The revisions of a version are what two authors' changes are merged on, and what undo goes
    back to. Everybody who saved one is an author.
    """

    version = models.ForeignKey(ProgramVersion, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True, default="")
    content = models.JSONField()
    what = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("version", "number")
        constraints = (
            models.UniqueConstraint(fields=("version", "number"), name="revision_number"),
        )

    def __str__(self) -> str:
        return f"{self.version}, revision {self.number}"


class Invitation(models.Model):
    """Somebody from a college or a business who may read one draft, comment and propose."""

    class Kind(models.TextChoices):
        COLLEGE = "college"
        BUSINESS = "business"

    version = models.ForeignKey(ProgramVersion, models.CASCADE, related_name="invitations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    organization = models.CharField(max_length=120)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("version", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("version", "person"),
                condition=Q(ended_at__isnull=True),
                name="invited_once_to_a_draft",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=("college", "business")), name="invitation_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("invited_at")),
                name="invitation_ends_after_it_began",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} is invited to {self.version}"


class Remark(models.Model):
    """A comment on a line of a draft (``part`` and ``line``; both empty: on all of it)."""

    version = models.ForeignKey(ProgramVersion, models.CASCADE, related_name="remarks")
    part = models.CharField(max_length=20, blank=True, default="")
    line = models.CharField(max_length=300, blank=True, default="")
    text = models.TextField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    organization = models.CharField(max_length=120, blank=True, default="")
    written_at = models.DateTimeField()
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    resolved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("version", "written_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(resolved_by__isnull=True, resolved_at__isnull=True)
                | Q(resolved_by__isnull=False, resolved_at__isnull=False),
                name="remark_resolved_by_somebody",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="remark_says_something"),
        )

    def __str__(self) -> str:
        return f"A remark on {self.version}"


class Proposal(models.Model):
    """A skill or a credential that somebody proposes for a draft, and what became of it."""

    class Kind(models.TextChoices):
        SKILL = "skill"
        CREDENTIAL = "credential"

    class Answer(models.TextChoices):
        OPEN = "open"
        ACCEPTED = "accepted"
        DECLINED = "declined"

    version = models.ForeignKey(ProgramVersion, models.CASCADE, related_name="proposals")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    title = models.CharField(max_length=200)
    issuer = models.CharField(max_length=120, blank=True, default="")
    why = models.TextField(blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    organization = models.CharField(max_length=120, blank=True, default="")
    made_at = models.DateTimeField()
    answer = models.CharField(max_length=10, choices=Answer.choices, default=Answer.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("version", "made_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(answer="open", decided_by__isnull=True, decided_at__isnull=True)
                | Q(
                    answer__in=("accepted", "declined"),
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                ),
                name="proposal_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=("skill", "credential")), name="proposal_kind_is_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.title}, proposed for {self.version}"


class Review(models.Model):
    """Somebody read a version: returned it with words, approved it, or found it still right."""

    class Kind(models.TextChoices):
        RETURNED = "returned"
        APPROVED = "approved"
        STILL_RIGHT = "still_right"
        RETIRED = "retired"

    version = models.ForeignKey(ProgramVersion, models.CASCADE, related_name="reviews")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    words = models.TextField(blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("version", "at", "id")
        constraints = (
            models.CheckConstraint(
                condition=~Q(kind="returned", words=""), name="review_returned_with_words"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=("returned", "approved", "still_right", "retired")),
                name="review_kind_is_known",
            ),
        )

    def __str__(self) -> str:
        return f"{self.version}: {self.kind}"


class ReviewCycle(models.Model):
    """After how many months without a review a district calls a program stale."""

    USUAL_MONTHS = 12

    district = models.OneToOneField(District, models.CASCADE, related_name="+")
    months = models.PositiveSmallIntegerField(default=USUAL_MONTHS)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(months__range=(1, 60)), name="review_cycle_up_to_five_years"
            ),
        )

    def __str__(self) -> str:
        return f"{self.district}: {self.months} months"
