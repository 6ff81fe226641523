"""Django application `programs`."""

from django.apps import AppConfig


class ProgramsConfig(AppConfig):
    name = "pathloom.portal.programs"
    label = "programs"
    default_auto_field = "django.db.models.BigAutoField"
