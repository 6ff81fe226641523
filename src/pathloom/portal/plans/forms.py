"""What visitors send to plan pages."""

from __future__ import annotations

import secrets

from django import forms
from django.utils.translation import gettext_lazy as _


class EditForm(forms.Form):
    """An edit of the plan; which fields an action needs, the view says."""

    head = forms.IntegerField(widget=forms.HiddenInput)
    course = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
    term = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)
    from_term = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)
    instead = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
    grade = forms.IntegerField(min_value=9, max_value=12, required=False, widget=forms.HiddenInput)


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
