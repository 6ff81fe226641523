"""What a visitor may ask the search for."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.http import QueryDict

from pathloom.portal.programs.queries.search import KINDS

LONGEST = 80


@dataclass(frozen=True, slots=True)
class Asked:
    """``words`` are empty when nothing is asked, or when what is asked is ``refused``.

    ``refused`` says why: ``long``, or ``signs`` that no text has.
    """

    words: str = ""
    kind: str = ""
    sheet: int = 1
    refused: str = ""


class SearchForm(forms.Form):
    """ "I am interested in …", all kinds of things or one, sheet by sheet."""

    q = forms.CharField(required=False, max_length=LONGEST)
    kind = forms.ChoiceField(required=False, choices=[(each, each) for each in KINDS])
    page = forms.IntegerField(required=False, min_value=1, max_value=1000)


def asked_of(query: QueryDict) -> Asked:
    """Read the search out of an address; a kind or a sheet that makes no sense asks for nothing."""
    form = SearchForm(query)
    form.is_valid()
    asked = form.cleaned_data
    return Asked(
        words=asked.get("q", ""),
        kind=asked.get("kind", ""),
        sheet=asked.get("page") or 1,
        refused=_refused(form),
    )


def _refused(form: SearchForm) -> str:
    if "q" not in form.errors:
        return ""
    return "long" if form.has_error("q", "max_length") else "signs"
