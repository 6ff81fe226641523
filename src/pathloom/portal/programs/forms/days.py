"""Days in forms."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class DayField(forms.DateField):
    """A day; of a ``past`` one, such as that on which a source was read, no later than today."""

    def __init__(self, label: StrOrPromise, *, required: bool = True, past: bool = False) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(label=label, required=required, widget=widget)
        self.past = past

    def clean(self, value: Any) -> date | None:
        """The day; read on the clock of the portal, also where a demonstration has a day set."""
        day: date | None = super().clean(value)
        if self.past and day is not None and day > timezone.localdate():
            raise forms.ValidationError(
                _("This day has not come yet. Write today, or the day it was.")
            )
        return day
