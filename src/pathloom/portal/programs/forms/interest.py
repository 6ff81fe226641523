"""What a visitor may ask a school's portal for."""

from __future__ import annotations

from django import forms
from django.http import QueryDict


class InterestForm(forms.Form):
    """ "I am interested in …" """

    q = forms.CharField(required=False, max_length=80)


def interest_of(query: QueryDict) -> str:
    """The words of an address; empty when there are none, or far too many."""
    form = InterestForm(query)
    return str(form.cleaned_data["q"]) if form.is_valid() else ""
