"""From which figure on a district gives an occupation a label."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from pathloom.engine.occupations import EDUCATION
from pathloom.portal.accounts.models import District


class DistrictThresholds(models.Model):
    """What an occupation needs to be called high-skill, high-wage or in-demand in a district.

    The form of ``engine.occupations.Thresholds``: ``wage`` in dollars a year, ``growth`` in tenths
    of a percent, ``openings`` in persons a year; null does not matter. A district without a row
    has the defaults.
    """

    district = models.OneToOneField(District, models.PROTECT, related_name="+")
    education = models.CharField(max_length=20, choices=[(each, each) for each in EDUCATION])
    apprenticeship = models.BooleanField(default=True)
    wage = models.PositiveIntegerField(validators=[MaxValueValidator(1_000_000)])
    growth = models.IntegerField(
        null=True, blank=True, validators=[MinValueValidator(-1000), MaxValueValidator(10_000)]
    )
    openings = models.PositiveIntegerField(
        null=True, blank=True, validators=[MaxValueValidator(100_000_000)]
    )
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(growth__isnull=False) | Q(openings__isnull=False),
                name="thresholds_demand_has_a_figure",
            ),
        )

    def __str__(self) -> str:
        return f"Thresholds of {self.district}"
