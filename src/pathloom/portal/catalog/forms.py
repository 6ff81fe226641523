"""What a visitor may ask the course list for."""

from __future__ import annotations

from django import forms
from django.http import QueryDict

from pathloom.portal.catalog.queries import SORTS, CourseSearch


class CourseFilter(forms.Form):
    """The search fields above the course list; a value that makes no sense asks for nothing."""

    q = forms.CharField(required=False, max_length=80)
    subject = forms.SlugField(required=False)
    grade = forms.IntegerField(required=False, min_value=0, max_value=12)
    tag = forms.RegexField(r"^[a-z0-9:-]+$", required=False)
    sort = forms.CharField(required=False)


def search_of(query: QueryDict) -> CourseSearch:
    """Read the search out of an address; ``sort=-credits`` sorts downward."""
    form = CourseFilter(query)
    form.is_valid()
    asked = form.cleaned_data
    sort = asked.get("sort") or "title"
    return CourseSearch(
        words=asked.get("q", ""),
        subject=asked.get("subject", ""),
        grade=asked.get("grade"),
        tag=asked.get("tag", ""),
        sort=sort.lstrip("-") if sort.lstrip("-") in SORTS else "title",
        descending=sort.startswith("-"),
    )
