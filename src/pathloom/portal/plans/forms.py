"""What visitors send to plan pages."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

MARKS = ("want", "like", "avoid", "plain", "ban", "lock", "unlock")


class EditForm(forms.Form):
    """An edit of the plan; which fields an action needs, the view says."""

    head = forms.IntegerField(widget=forms.HiddenInput)
    course = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
    term = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)
    from_term = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)
    instead = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
    grade = forms.IntegerField(min_value=9, max_value=12, required=False, widget=forms.HiddenInput)


class TakeForm(forms.Form):
    """One of the plans that were worked out, for the version on the page."""

    head = forms.IntegerField(widget=forms.HiddenInput)
    index = forms.IntegerField(min_value=0, max_value=9, required=False, widget=forms.HiddenInput)


class ProgramForm(forms.Form):
    """The chosen program of study; empty for no program yet."""

    program = forms.IntegerField(required=False)
    by_hand = forms.BooleanField(required=False)


class SignForm(forms.Form):
    """A signature: what was seen, once."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    seen_hash = forms.CharField(max_length=64, widget=forms.HiddenInput)
    key = forms.CharField(max_length=64, widget=forms.HiddenInput)
    read = forms.BooleanField(
        label=_("I have read this plan."),
        error_messages={"required": _("Read the plan, then tick this box.")},
    )

    @staticmethod
    def new_key() -> str:
        """A key for one form, so that sending it twice is one signature."""
        return secrets.token_urlsafe(24)


class ReturnForm(forms.Form):
    """Words to a student when a plan is sent back."""

    text = forms.CharField(
        label=_("What should change?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The student and the family read this."),
    )


class CommentForm(forms.Form):
    """A comment on a version."""

    text = forms.CharField(
        label=_("Your comment"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The student, the family, the counselor and the school read this."),
    )


class ExceptionForm(forms.Form):
    """A staff exception; it has only the fields that go with its kind.

    ``at`` is where it was asked for: a requirement, or a course record for another credit amount.
    """

    kind = forms.CharField(max_length=16, widget=forms.HiddenInput)
    at = forms.CharField(max_length=120, widget=forms.HiddenInput)
    record = forms.ChoiceField(label=_("Which course?"))
    credits = forms.DecimalField(
        label=_("How much?"), min_value=0, max_value=99, max_digits=4, decimal_places=2
    )
    lowers_total = forms.BooleanField(
        label=_("Fewer credits are needed in all as well."), required=False
    )
    why = forms.CharField(
        label=_("Why?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The student and the family read this."),
        error_messages={"required": _("Write why, in words the family can read.")},
    )
    until = forms.DateField(
        label=_("Until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The last day. Leave it empty for no end."),
    )

    def __init__(
        self, *args: Any, kind: str, courses: Iterable[tuple[str, str]], whole: bool, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["record"].choices = [("", _("Choose a course")), *courses]  # type: ignore[attr-defined]
        if kind != "substitute":
            del self.fields["record"]
        if kind == "substitute" or (kind == "excuse" and whole):
            del self.fields["credits"]
        if kind != "excuse":
            del self.fields["lowers_total"]
        else:
            self._soften_amount()

    def _soften_amount(self) -> None:
        """An excuse without an amount is of everything that is asked for."""
        if "credits" in self.fields:
            self.fields["credits"].required = False
            self.fields["credits"].help_text = _("In the unit asked for. Leave it empty for all.")

    def said(self) -> dict[str, Any]:
        """What ``add_exception`` takes, the course record apart: credits in hundredths."""
        sent = self.cleaned_data
        overrides = sent["kind"] == "credit_override"
        return {
            "kind": sent["kind"],
            "requirement": "" if overrides else sent["at"],
            "credits": int((sent.get("credits") or 0) * 100),
            "lowers_total": sent.get("lowers_total", False),
            "why": sent["why"],
            "until": sent["until"],
        }

    def record_id(self) -> str:
        """The id of the course record it is about; empty for an excuse."""
        sent = self.cleaned_data
        return str(sent["at"] if sent["kind"] == "credit_override" else sent.get("record", ""))


class MarkForm(forms.Form):
    """One thing said of a course; ``at`` is the page to go back to."""

    course = forms.CharField(max_length=40)
    mark = forms.ChoiceField(
        choices=[
            (each, each) for each in ("want", "like", "avoid", "plain", "ban", "lock", "unlock")
        ]
    )
    term = forms.CharField(max_length=20, required=False)
    grade = forms.IntegerField(min_value=9, max_value=12, required=False)
    at = forms.ChoiceField(choices=[("wishes", ""), ("builder", "")], required=False)


class WishesForm(forms.Form):
    """What a student wants of a plan, apart from single courses."""

    every_year = forms.MultipleChoiceField(
        label=_("A course of these every year"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    study_halls = forms.MultipleChoiceField(
        label=_("A free period to study"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("In each term of the grade."),
    )
    college = forms.ChoiceField(
        label=_("College credit while in high school"),
        choices=[
            ("none", _("Not in my plan")),
            ("some", _("A first taste: about two college courses")),
            ("most", _("As much as fits")),
        ],
        widget=forms.RadioSelect,
    )
    credentials = forms.MultipleChoiceField(
        label=_("Certificates for a job"), required=False, widget=forms.CheckboxSelectMultiple
    )
    also = forms.MultipleChoiceField(
        label=_("Besides the diploma"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The plan takes the courses these need. Grades and tests are up to you."),
    )
    finish = forms.ChoiceField(label=_("When to finish"), required=False)
    most = forms.TypedChoiceField(
        label=_("How much school"), required=False, coerce=int, empty_value=None
    )
    fuller = forms.TypedChoiceField(label=_("Full terms"), coerce=int)
    more_terms = forms.MultipleChoiceField(
        label=_("More time for courses"), required=False, widget=forms.CheckboxSelectMultiple
    )
    lighter = forms.BooleanField(label=_("Terms with few credits are allowed"), required=False)
    given_up = forms.MultipleChoiceField(
        label=_("Limits lifted by the school"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, choices: dict[str, list[tuple[str, str]]], **more: Any) -> None:
        super().__init__(*args, **more)
        for name, field in list(self.fields.items()):
            if isinstance(field, forms.ChoiceField) and choices.get(name):
                field.choices = list(choices[name])
            elif name != "college" and name not in choices:
                del self.fields[name]

    def clean_study_halls(self) -> list[int]:
        """Grades as numbers."""
        return [int(grade) for grade in self.cleaned_data["study_halls"]]
