"""How a school plans: the periods of its day, the load of a term, and its limits."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from pathloom.portal.accounts.models import School


class SchoolPlanning(models.Model):
    """What a high school asks of every plan; a school without a row asks for the usual.

    ``periods`` of the day are None where only credit is counted. ``most``, ``least`` and
    ``target`` are the load of a term in hundredths of credit (``PlanTerm``); ``target`` is None
    where nothing is aimed at. ``limits`` are ``planner.types.Limit`` as JSON::

        [{"title": "AP courses", "tag": "ap", "most": 4.0, "counted": "courses", "within": "year"}]
    """

    school = models.OneToOneField(School, models.CASCADE, related_name="+")
    periods = models.PositiveSmallIntegerField(null=True, blank=True)
    most = models.PositiveIntegerField(default=400)
    least = models.PositiveIntegerField(default=0)
    target = models.PositiveIntegerField(null=True, blank=True)
    limits = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(periods__isnull=True) | Q(periods__range=(1, 24)),
                name="school_day_has_periods",
            ),
            models.CheckConstraint(
                condition=Q(least__lte=F("most"), most__gt=0), name="school_load_does_not_cross"
            ),
            models.CheckConstraint(
                condition=Q(target__isnull=True) | Q(target__gte=F("least"), target__lte=F("most")),
                name="school_target_within_the_load",
            ),
        )

    def __str__(self) -> str:
        return f"How {self.school} plans"
