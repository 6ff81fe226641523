"""What visitors send to plan pages."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


def _credits(**options: Any) -> forms.DecimalField:
    """An amount of credit, or of what else a limit counts, to be kept in hundredths."""
    usual = {"min_value": 0, "max_value": 99, "max_digits": 4, "decimal_places": 2}
    return forms.DecimalField(**(usual | options))


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


class SchoolPlanningForm(forms.Form):
    """The day of a school and the load of its terms, in credits."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
    periods = forms.IntegerField(
        label=_("Periods in a day"),
        min_value=1,
        max_value=24,
        required=False,
        help_text=_("Each course takes one, some take two. Leave it empty to count only credits."),
    )
    most = _credits(
        label=_("Most credits in a term"),
        min_value=Decimal("0.5"),
        help_text=_("No plan puts more into a term, unless a student asks for fuller terms."),
    )
    least = _credits(
        label=_("Fewest credits in a term"),
        required=False,
        help_text=_("Leave it empty if a term may be light."),
    )
    target = _credits(
        label=_("Credits to aim at in a term"),
        required=False,
        help_text=_("Plans come as near to it as they can. Leave it empty for an even load."),
    )

    def clean(self) -> dict[str, Any]:
        """Say beside the field what does not go together."""
        sent: dict[str, Any] = super().clean() or {}
        most, least, target = (sent.get(name) for name in ("most", "least", "target"))
        if most is not None and least is not None and least > most:
            self.add_error("least", _("This is more than fits into a term. Write less."))
        elif most is not None and target is not None and not (least or 0) <= target <= most:
            self.add_error("target", _("Write an amount between the fewest and the most."))
        return sent


class LimitForm(forms.Form):
    """One limit of a school; a row in which nothing is written is no limit."""

    title = forms.CharField(
        label=_("Name"), max_length=80, help_text=_("Families read it, as “AP courses”.")
    )
    tag = forms.ChoiceField(label=_("Courses it counts"))
    most = _credits(label=_("At most"), min_value=Decimal("0.5"))
    counted = forms.ChoiceField(
        label=_("Counted in"),
        choices=[
            ("courses", _("courses")),
            ("credits", _("credits")),
            ("hours", _("college hours")),
        ],
        initial="courses",
    )
    within = forms.ChoiceField(
        label=_("Within"),
        choices=[
            ("term", _("a term")),
            ("year", _("a school year")),
            ("plan", _("all years together")),
        ],
        initial="year",
    )

    def __init__(self, *args: Any, tags: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["tag"].choices = [("", _("Choose")), *tags]  # type: ignore[attr-defined]


class _Limits(forms.BaseFormSet[LimitForm]):
    def clean(self) -> None:
        """Each limit has a name of its own."""
        seen: set[str] = set()
        for form in self.forms:
            title = form.cleaned_data.get("title", "").strip() if form.is_valid() else ""
            if title and not form.cleaned_data.get("DELETE"):
                if title.casefold() in seen:
                    form.add_error("title", _("Another limit has this name. Choose another one."))
                seen.add(title.casefold())

    def add_fields(self, form: Any, index: int | None) -> None:
        """A limit that is there can be taken out; an empty row needs no such box."""
        super().add_fields(form, index)
        if index is None or index >= self.initial_form_count():
            del form.fields["DELETE"]
        else:
            form.fields["DELETE"].label = _("Take this limit out")


LimitForms = forms.formset_factory(LimitForm, formset=_Limits, extra=1, max_num=12, can_delete=True)


def limits_sent(rows: Any) -> list[dict[str, Any]]:
    """What is written in each row of ``LimitForms`` that is not taken out."""
    written = (row.cleaned_data for row in rows if row.has_changed() or row.initial)
    return [row for row in written if row.get("title") and not row.get("DELETE")]
