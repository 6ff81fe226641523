"""What a district has agreed with colleges."""

from __future__ import annotations

from django.db import models

from pathloom.portal.accounts.models import District
from pathloom.portal.programs.models.versioned import ReviewedVersion, reviewed_by_another


class CollegeAgreements(ReviewedVersion):
    """What a district has agreed with colleges, one version; published by someone else.

    ``content`` is ``engine.catalog.Agreements`` as JSON (docs/reference/agreements.schema.json):
    institutions with their tuition, agreements, and how programs of study go on after grade 12.
    The newest published version holds; the ones before it stay. A draft is changed by its author
    until it is handed in for review (``submitted_at``); ``returned_why`` says why it came back.
    While it is a draft ``before`` is its content before the ``last_change``, to undo that one.
    """

    district = models.ForeignKey(District, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    returned_why = models.TextField(blank=True, default="")
    before = models.JSONField(null=True, blank=True)
    last_change = models.TextField(blank=True, default="")

    class Meta:
        ordering = ("district", "number")
        constraints = (
            models.UniqueConstraint(fields=("district", "number"), name="agreements_number"),
            *reviewed_by_another("agreements"),
        )

    def __str__(self) -> str:
        return f"Agreements of {self.district}, version {self.number}"
