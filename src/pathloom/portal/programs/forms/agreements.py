"""What staff send about agreements with colleges."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pathloom.portal.programs.forms.days import DayField

_YEAR_HELP = _("A school year such as 2026-27.")


class AgreementForm(forms.Form):
    """One high school course that counts as one college course."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=_("How it counts"),
        choices=[
            ("dual_credit", _("Dual credit: on the college’s transcript at once")),
            ("articulated", _("Articulated: granted when the student claims it")),
            ("ap", _("AP: granted for a score in the exam")),
        ],
        widget=forms.RadioSelect,
    )
    course = forms.ChoiceField(label=_("High school course"), required=False)
    number = forms.CharField(
        label=_("Or every course with a state number"),
        max_length=10,
        required=False,
        help_text=_("Two and seven digits, X for any digit, such as 25.X210XXX."),
    )
    college_course = forms.ChoiceField(
        label=_("College course"),
        help_text=_("Is it not in the list? Add it at the college first."),
    )
    minimum_mark = forms.CharField(
        label=_("Lowest mark"),
        max_length=4,
        required=False,
        help_text=_("As the school prints it: C, or 70. Leave it empty if any mark will do."),
    )
    exam_name = forms.CharField(
        label=_("Exam"),
        max_length=80,
        required=False,
        help_text=_("For AP: its name as in the students’ records."),
    )
    exam_score = forms.DecimalField(
        label=_("Lowest score"), min_value=0, max_value=100_000, decimal_places=2, required=False
    )
    valid_from = forms.CharField(
        label=_("For courses taken from"), max_length=7, help_text=_YEAR_HELP
    )
    valid_to = forms.CharField(
        label=_("To"),
        max_length=7,
        required=False,
        help_text=_("The last school year. Leave it empty if no end is agreed."),
    )
    claim_by = DayField(_("To be claimed by"), required=False)
    claim_months = forms.IntegerField(
        label=_("Or within so many months of graduating"),
        min_value=1,
        max_value=240,
        required=False,
    )
    needs = forms.CharField(
        label=_("What else is asked"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One step in a line. Students read it."),
    )
    source_url = forms.URLField(
        label=_("Address of the agreement"),
        max_length=300,
        assume_scheme="https",
        help_text=_("Where others can read it."),
    )
    read_on = DayField(_("Read on"), past=True)

    def __init__(
        self,
        *args: Any,
        courses: list[tuple[str, Any]],
        college_courses: list[tuple[str, Any]],
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.fields["course"].choices = [("", _("Choose a course")), *courses]  # type: ignore[attr-defined]
        self.fields["college_course"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose a course")),
            *college_courses,
        ]


class CollegeForm(forms.Form):
    """A college, and what it says about tuition and credit from high school."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
    title = forms.CharField(label=_("Name of the college"), max_length=120)
    per_hour = forms.DecimalField(
        label=_("Tuition for one semester hour, in dollars"),
        min_value=0,
        max_value=100_000,
        decimal_places=2,
        required=False,
        help_text=_("Only as the college itself states it."),
    )
    as_of = DayField(_("Stated as of"), required=False)
    source_url = forms.URLField(
        label=_("Where it states this"), max_length=300, required=False, assume_scheme="https"
    )
    read_on = DayField(_("Read on"), required=False, past=True)
    term_months = forms.IntegerField(
        label=_("Months in one of its terms"), min_value=1, max_value=12, required=False
    )
    accepts = forms.DecimalField(
        label=_("Most hours it takes over from high school"),
        min_value=0,
        max_value=999,
        decimal_places=2,
        required=False,
        help_text=_("Leave it empty if it states no limit."),
    )

    def clean(self) -> dict[str, Any]:
        """A figure of tuition comes with its date, its source and the day it was read."""
        sent: dict[str, Any] = super().clean() or {}
        names = ("per_hour", "as_of", "source_url", "read_on")
        if any(sent.get(name) is not None and sent.get(name) != "" for name in names):
            for name in names:
                if sent.get(name) in (None, "") and name not in self.errors:
                    self.add_error(
                        name,
                        _("A figure of tuition needs its date, its source and when it was read."),
                    )
        return sent


class CollegeCourseForm(forms.Form):
    """A course of a college."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
    code = forms.CharField(label=_("Code"), max_length=20, help_text=_("As the college prints it."))
    course_title = forms.CharField(label=_("Title"), max_length=120)
    hours = forms.DecimalField(
        label=_("Semester hours"), min_value=0, max_value=30, decimal_places=2
    )


class SeenForm(forms.Form):
    """A decision about a version as it was on the page."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
    why = forms.CharField(
        label=_("What should change?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The author reads this."),
    )
    code = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)
