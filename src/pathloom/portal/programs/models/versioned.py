"""Versions that one person writes and another one reads and publishes."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class ReviewedVersion(models.Model):
    """A version with its author; published once it has ``published_at`` and a ``reviewer``.

    Its constraints are ``reviewed_by_another``: each table gives them its own name.
    """

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
        abstract = True


def reviewed_by_another(name: str) -> tuple[models.CheckConstraint, ...]:
    """A version is published with a reviewer, who is not its author; ``name`` begins the names."""
    return (
        models.CheckConstraint(
            condition=Q(reviewer__isnull=True, published_at__isnull=True)
            | Q(reviewer__isnull=False, published_at__isnull=False),
            name=f"{name}_published_with_reviewer",
        ),
        models.CheckConstraint(
            condition=Q(reviewer__isnull=True) | ~Q(reviewer=F("author")),
            name=f"{name}_reviewer_is_not_the_author",
        ),
    )
