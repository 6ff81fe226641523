"""What people send to the pages on which programs of study are written."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pathloom.portal.programs.presenters.given import Choices


class RevisionForm(forms.Form):
    """A change of a line, and the revision it was made on."""

    revision = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    key = forms.CharField(max_length=2100, required=False, widget=forms.HiddenInput)


class StartForm(forms.Form):
    """A new program: whose, from which template, where it stands, what it is called."""

    home = forms.ChoiceField(label=_("Whose program is it?"))
    base = forms.ChoiceField(label=_("Start from"), required=False)
    place = forms.ChoiceField(
        label=_("Cluster and pathway"),
        required=False,
        help_text=_("Leave it empty to take the template’s."),
    )
    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        required=False,
        help_text=_("Leave it empty to take the template’s."),
    )

    def __init__(
        self, *args: Any, homes: Choices, bases: Choices, places: Choices, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["home"].choices = list(homes)  # type: ignore[attr-defined]
        self.fields["base"].choices = [("", _("An empty page")), *bases]  # type: ignore[attr-defined]
        self.fields["place"].choices = [("", "—"), *places]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        sent: dict[str, Any] = super().clean() or {}
        if not sent.get("base"):
            for name, words in (("place", _("Choose one.")), ("title", _("Write one."))):
                if not sent.get(name):
                    self.add_error(name, words)
        return sent


class RemarkForm(forms.Form):
    """A comment on a line, or on all of a draft."""

    text = forms.CharField(
        label=_("Your comment"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    part = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)
    line = forms.CharField(max_length=300, required=False, widget=forms.HiddenInput)


class ProposalForm(forms.Form):
    """A skill or a credential that somebody proposes."""

    kind = forms.ChoiceField(
        label=_("What do you propose?"),
        choices=[("skill", _("A skill")), ("credential", _("A credential"))],
        widget=forms.RadioSelect,
        initial="skill",
    )
    title = forms.CharField(label=_("What is it called?"), max_length=200)
    issuer = forms.CharField(
        label=_("Who gives it?"),
        max_length=120,
        required=False,
        help_text=_("For a credential."),
    )
    why = forms.CharField(
        label=_("Why?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class InviteForm(forms.Form):
    """Somebody from a college or a business who is invited to a draft."""

    person = forms.ChoiceField(label=_("Whom?"))
    kind = forms.ChoiceField(
        label=_("For whom does the person speak?"),
        choices=[("business", _("A business")), ("college", _("A college"))],
        widget=forms.RadioSelect,
        initial="business",
    )
    organization = forms.CharField(label=_("Organization"), max_length=120)

    def __init__(self, *args: Any, people: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["person"].choices = [("", "—"), *people]  # type: ignore[attr-defined]


class WordsForm(forms.Form):
    """Words that go with a decision."""

    words = forms.CharField(
        label=_("What has to change?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class NoteForm(forms.Form):
    """Words that may go with a decision."""

    words = forms.CharField(label=_("A note"), max_length=2000, required=False)


class OwnerForm(forms.Form):
    """Who looks after a program."""

    owner = forms.ChoiceField(label=_("Who looks after it?"))

    def __init__(self, *args: Any, people: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["owner"].choices = list(people)  # type: ignore[attr-defined]


class CycleForm(forms.Form):
    """After how many months without a review a program is stale."""

    months = forms.IntegerField(label=_("Months until the next review"), min_value=1, max_value=60)
