"""What staff send about the years after grade 12: how a program goes on, and who pays before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pathloom.portal.programs.forms.days import DayField

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def _term(label: StrOrPromise) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )


def _source(label: StrOrPromise) -> forms.URLField:
    return forms.URLField(
        label=label,
        max_length=300,
        assume_scheme="https",
        help_text=_("Where others can read it."),
    )


class ContinuationForm(forms.Form):
    """How a program of study goes on at one college: its terms, and what a student earns."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
    program = forms.ChoiceField(
        label=_("Program of study"),
        help_text=_("The one that students begin in high school."),
    )
    credential = forms.CharField(
        label=_("What a student earns at the end"),
        max_length=120,
        help_text=_("As the college calls it, such as Associate Degree in Nursing."),
    )
    year_1_fall = _term(_("First year, fall"))
    year_1_spring = _term(_("First year, spring"))
    year_1_summer = _term(_("First year, summer"))
    year_2_fall = _term(_("Second year, fall"))
    year_2_spring = _term(_("Second year, spring"))
    year_2_summer = _term(_("Second year, summer"))
    source_url = _source(_("Where the college says this"))
    read_on = DayField(_("Read on"), past=True)

    def __init__(self, *args: Any, programs: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["program"].choices = [("", _("Choose a program")), *programs]  # type: ignore[attr-defined]

    def terms(self) -> Iterator[forms.BoundField]:
        """The fields of the terms, in calendar order."""
        return (field for field in self.visible_fields() if field.name.startswith("year_"))

    def others(self) -> Iterator[forms.BoundField]:
        """The other fields."""
        return (field for field in self.visible_fields() if not field.name.startswith("year_"))


class FundingForm(forms.Form):
    """Who pays for college courses that students take in high school, and for how many hours."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
    title = forms.CharField(
        label=_("Who pays"),
        max_length=120,
        help_text=_("The name of the fund or program, as students will find it."),
    )
    hours = forms.DecimalField(
        label=_("Semester hours it pays for in all"),
        min_value=1,
        max_value=999,
        decimal_places=2,
    )
    per_term = forms.DecimalField(
        label=_("Most hours in one term"),
        min_value=1,
        max_value=999,
        decimal_places=2,
        required=False,
        help_text=_("Leave it empty if no limit is stated."),
    )
    source_url = _source(_("Where it says this"))
    read_on = DayField(_("Read on"), past=True)
