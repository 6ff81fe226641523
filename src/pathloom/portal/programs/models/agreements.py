"""What a district has agreed with colleges."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from pathloom.portal.accounts.models import District


class CollegeAgreements(models.Model):
    """What a district has agreed with colleges, one version; published by someone else.

    ``content`` is ``engine.catalog.Agreements`` as JSON (docs/reference/agreements.schema.json):
    institutions with their tuition, agreements, and how programs of study go on after grade 12.
    The newest published version holds; the ones before it stay.
    """

    district = models.ForeignKey(District, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("district", "number")
        constraints = (
            models.UniqueConstraint(fields=("district", "number"), name="agreements_number"),
            models.CheckConstraint(
                condition=models.Q(reviewer__isnull=True, published_at__isnull=True)
                | models.Q(reviewer__isnull=False, published_at__isnull=False),
                name="agreements_published_with_reviewer",
            ),
            models.CheckConstraint(
                condition=models.Q(reviewer__isnull=True) | ~models.Q(reviewer=models.F("author")),
                name="agreements_reviewer_is_not_the_author",
            ),
        )

    def __str__(self) -> str:
        return f"Agreements of {self.district}, version {self.number}"
