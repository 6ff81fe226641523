"""What a visitor may ask the list of occupations for, and the thresholds of a district."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pathloom.portal.programs.presenters.occupation_words import (
    education_choices,
    label_choices,
)
from pathloom.portal.programs.queries.occupations import SORTS, OccupationSearch


class OccupationFilter(forms.Form):
    """The search fields above the list; a value that makes no sense asks for nothing."""

    q = forms.CharField(required=False, max_length=80)
    cluster = forms.RegexField(r"^[a-z0-9-]{1,40}/[a-z0-9-]{1,80}$", required=False)
    education = forms.ChoiceField(required=False, choices=education_choices)
    zone = forms.IntegerField(required=False, min_value=1, max_value=5)
    label = forms.ChoiceField(required=False, choices=label_choices)
    sort = forms.CharField(required=False, max_length=20)
    page = forms.IntegerField(required=False, min_value=1, max_value=1000)


def occupation_search_of(query: QueryDict) -> OccupationSearch:
    """Read the search out of an address; ``sort=-wage`` sorts downward."""
    form = OccupationFilter(query)
    form.is_valid()
    asked = form.cleaned_data
    sort = asked.get("sort") or ""
    framework, _slash, cluster = asked.get("cluster", "").partition("/")
    return OccupationSearch(
        words=asked.get("q", ""),
        framework=framework,
        cluster=cluster,
        education=asked.get("education", ""),
        zone=asked.get("zone"),
        label=asked.get("label", ""),
        sort=sort.lstrip("-") if sort.lstrip("-") in SORTS else "",
        descending=sort.startswith("-"),
        sheet=asked.get("page") or 1,
    )


class ThresholdsForm(forms.Form):
    """What an occupation needs for each label."""

    education = forms.ChoiceField(
        choices=education_choices, label=gettext_lazy("High-skill: people need at least")
    )
    apprenticeship = forms.BooleanField(
        required=False, label=gettext_lazy("An apprenticeship is high-skill too")
    )
    wage = forms.IntegerField(
        min_value=0,
        max_value=1_000_000,
        label=gettext_lazy("High-wage: median pay, dollars a year"),
    )
    growth = forms.DecimalField(
        required=False,
        min_value=-100,
        max_value=1000,
        decimal_places=1,
        label=gettext_lazy("In-demand: growth in ten years, percent"),
        help_text=gettext_lazy("Leave it empty if growth does not matter."),
    )
    openings = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=100_000_000,
        label=gettext_lazy("In-demand: job openings a year"),
        help_text=gettext_lazy("Leave it empty if openings do not matter."),
    )

    def clean(self) -> dict[str, Any]:
        sent = super().clean() or {}
        if not self.errors and sent.get("growth") is None and sent.get("openings") is None:
            raise forms.ValidationError(_("In-demand needs growth, openings, or both."))
        return sent
