"""The accounts app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "pathloom.portal.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
