"""Which framework a district uses, where its programs stand in it, what its levels are called."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from pathloom.portal.accounts.models import District
from pathloom.portal.programs.models.program import ProgramOfStudy


class FrameworkMove(models.Model):
    """A district's choice of a framework, in place of the one it used; may be undone.

    The newest move that is not undone holds. A program keeps the place it was written in
    (``ProgramOfStudy``); where it stands in the framework of the move is its ``ProgramPlace``.
    """

    district = models.ForeignKey(District, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    from_framework = models.CharField(max_length=40)
    to_framework = models.CharField(max_length=40)
    moved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    moved_at = models.DateTimeField()
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("district", "number")
        constraints = (
            models.UniqueConstraint(fields=("district", "number"), name="framework_move_number"),
            models.CheckConstraint(
                condition=Q(undone_by__isnull=True, undone_at__isnull=True)
                | Q(undone_by__isnull=False, undone_at__isnull=False),
                name="framework_move_undone_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return f"{self.district}: {self.from_framework} to {self.to_framework}"


class ProgramPlace(models.Model):
    """Where a program stands in the framework its district moved to.

    ``cluster`` empty: people decided that it has no place there. ``kind`` and ``confidence`` are
    those of the crosswalk; both empty and ``by_hand`` where people chose another place.
    """

    move = models.ForeignKey(FrameworkMove, models.PROTECT, related_name="places")
    program = models.ForeignKey(ProgramOfStudy, models.PROTECT, related_name="places")
    cluster = models.CharField(max_length=80, blank=True, default="")
    pathway = models.CharField(max_length=120, blank=True, default="")
    kind = models.CharField(max_length=8, blank=True, default="")
    confidence = models.CharField(max_length=8, blank=True, default="")
    why = models.TextField(blank=True, default="")
    by_hand = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("move", "program"), name="program_place_in_move"),
            models.CheckConstraint(
                condition=Q(by_hand=True, kind="", confidence="")
                | Q(by_hand=False) & ~Q(kind="") & ~Q(confidence="") & ~Q(cluster=""),
                name="program_place_by_crosswalk_or_hand",
            ),
        )

    def __str__(self) -> str:
        return f"{self.program}: {self.cluster}/{self.pathway}"


class LevelNames(models.Model):
    """What a district calls the levels of a framework, instead of the steward's words.

    ``words``: language -> ``cluster`` or ``pathway`` -> the word for one and for many. A level that
    is not there keeps the steward's.
    """

    district = models.ForeignKey(District, models.PROTECT, related_name="+")
    framework = models.CharField(max_length=40)
    words = models.JSONField(default=dict)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("district", "framework"), name="level_names_once"),
        )

    def __str__(self) -> str:
        return f"Levels of {self.framework} in {self.district}"
