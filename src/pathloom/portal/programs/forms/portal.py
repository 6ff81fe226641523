"""What a school administrator sends to change the school's portal."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import EmailValidator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from pathloom.portal.accounts.models import COLOR
from pathloom.portal.core.checks import LARGEST_PICTURE
from pathloom.portal.programs.models.portal import (
    MOST_CONTACTS,
    SECTIONS,
    Language,
    PortalContact,
    PortalContent,
)

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LANGUAGES: tuple[tuple[Language, StrOrPromise], ...] = (("en", _("English")), ("es", _("Spanish")))
SECTION_NAMES = (
    ("welcome", _("Welcome")),
    ("programs", _("Programs of study")),
    ("clusters", _("Families of jobs")),
    ("courses", _("Courses")),
    ("contacts", _("People to ask")),
)
_CONTACT = ("name", "role", "email", "phone")


class PortalForm(forms.Form):
    """The texts and the face of a portal; the contacts are in rows of their own."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    name = forms.CharField(label=_("Name of the school"), max_length=120)
    address = forms.CharField(
        label=_("A line about the place"),
        max_length=160,
        required=False,
        help_text=_("As you would put it under the name: the address, or a motto."),
    )
    brand_color = forms.CharField(
        label=_("School color"),
        validators=[COLOR],
        widget=forms.TextInput(attrs={"type": "color"}),
        help_text=_("We darken or lighten it where it cannot be read."),
    )
    monogram = forms.CharField(
        label=_("Letters in place of a logo"), max_length=3, help_text=_("At most three.")
    )
    upload = forms.FileField(
        label=_("A new logo"),
        required=False,
        help_text=_("SVG of plain shapes, or PNG, JPEG or WebP of at most 2 MB."),
    )
    no_logo = forms.BooleanField(label=_("Show the letters, not a logo"), required=False)
    headline_en = forms.CharField(
        label=_("Headline in English"),
        max_length=160,
        required=False,
        help_text=_("Empty: “Find your way at …”."),
    )
    headline_es = forms.CharField(label=_("Headline in Spanish"), max_length=160, required=False)
    welcome_en = forms.CharField(
        label=_("Welcome in English"),
        max_length=1200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("A few short sentences. An empty line starts a new paragraph."),
    )
    welcome_es = forms.CharField(
        label=_("Welcome in Spanish"),
        max_length=1200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages of the portal"),
        choices=LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
    )
    sections = forms.MultipleChoiceField(
        label=_("What the front page shows"),
        choices=SECTION_NAMES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def clean_upload(self) -> Any:
        file = self.cleaned_data["upload"]
        if file is not None and file.size > LARGEST_PICTURE:
            raise forms.ValidationError(
                _("The file has %(size)s MB. Use one of at most %(most)s MB."),
                params={
                    "size": round(file.size / 1_000_000, 1),
                    "most": LARGEST_PICTURE // 1_000_000,
                },
            )
        return file

    def clean_languages(self) -> list[str]:
        chosen = self.cleaned_data["languages"]
        if "en" not in chosen:
            raise forms.ValidationError(_("English stays: not every text has another language."))
        return list(chosen)


class ContactForm(forms.Form):
    """One person to ask; an empty row is nobody."""

    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    role = forms.CharField(label=_("What for"), max_length=160, required=False)
    email = forms.CharField(
        label=_("Email"), max_length=160, required=False, validators=[EmailValidator()]
    )
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not found.get("name") and any(found.get(name) for name in _CONTACT[1:]):
            self.add_error("name", _("Say who this is."))
        return found


def forms_of(content: PortalContent, *, seen: int) -> tuple[PortalForm, list[ContactForm]]:
    """The forms, filled with what the portal says."""
    initial: dict[str, Any] = asdict(content) | {"seen": seen}
    for field in ("headline", "welcome"):
        for code, text in initial.pop(field).items():
            initial[f"{field}_{code}"] = text
    initial["no_logo"] = not (content.logo or content.picture)
    contacts: list[dict[str, Any]] = [asdict(contact) for contact in content.contacts]
    contacts += [{}] * (MOST_CONTACTS - len(contacts))
    rows = [ContactForm(initial=row, prefix=f"contact{at}") for at, row in enumerate(contacts)]
    return PortalForm(initial=initial), rows


def sent_forms(data: QueryDict, files: Any = None) -> tuple[PortalForm, list[ContactForm]]:
    """The forms, filled with what was sent."""
    rows = [ContactForm(data, prefix=f"contact{at}") for at in range(MOST_CONTACTS)]
    return PortalForm(data, files), rows


def content_from(
    form: PortalForm, rows: list[ContactForm], *, before: PortalContent
) -> PortalContent | None:
    """What valid forms say; the logo is that of ``before``. None where something is wrong."""
    if not all([form.is_valid(), *(row.is_valid() for row in rows)]):
        return None
    sent = form.cleaned_data
    return PortalContent(
        name=sent["name"],
        monogram=sent["monogram"],
        brand_color=sent["brand_color"].lower(),
        logo="" if sent["no_logo"] else before.logo,
        picture="" if sent["no_logo"] else before.picture,
        address=sent["address"],
        headline={code: sent[f"headline_{code}"] for code, _name in LANGUAGES},
        welcome={code: sent[f"welcome_{code}"] for code, _name in LANGUAGES},
        contacts=tuple(
            PortalContact(**{name: row.cleaned_data[name] for name in _CONTACT})
            for row in rows
            if row.cleaned_data["name"]
        ),
        languages=tuple(sent["languages"]),
        sections=tuple(each for each in SECTIONS if each in sent["sections"]),
    )
