"""Django application `plans`."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "pathloom.portal.plans"
    label = "plans"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make the kinds of jobs known."""
        from pathloom.portal.plans import runners  # noqa: F401
