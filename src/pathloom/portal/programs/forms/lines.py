"""The form of one line of a program of study: its fields follow from its part."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pathloom.portal.programs.forms.days import DayField
from pathloom.portal.programs.presenters.given import Choices, Given
from pathloom.portal.programs.queries.named import occupation_named, titles
from pathloom.portal.programs.queries.sheets import to_choose

ALTERNATIVES = 4  # courses that one row offers to choose from


def _text(label: Any, *, required: bool = False, most: int = 200, help_text: Any = "") -> Any:
    return forms.CharField(label=label, required=required, max_length=most, help_text=help_text)


def _long(label: Any, *, required: bool = False, help_text: Any = "") -> Any:
    return forms.CharField(
        label=label,
        required=required,
        max_length=2000,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def _choice(label: Any, choices: Choices, *, required: bool = True) -> Any:
    listed = list(choices) if required else [("", "—"), *choices]
    return forms.ChoiceField(label=label, choices=listed, required=required)


def _about(given: Given) -> dict[str, forms.Field]:
    return {"title": _text(_("Title"), required=True), "summary": _long(_("Description"))}


def _step(given: Given) -> dict[str, forms.Field]:
    return {
        "grade": _choice(_("Grade"), given.grades),
        **_alternatives("courses", _("Course"), given),
        "required": forms.BooleanField(label=_("Everybody takes it"), required=False),
        "standards": _long(
            _("Standards it teaches"), help_text=_("One on each line: code, then what it is about.")
        ),
        "skills": forms.MultipleChoiceField(
            label=_("Employability skills"),
            choices=list(given.skills),
            required=False,
            widget=forms.CheckboxSelectMultiple,
        ),
    }


def _alternatives(name: str, label: Any, given: Given) -> dict[str, forms.Field]:
    """Selects for the courses of a row: the first, and those that may be taken instead."""
    words = [label, *[_("or")] * (ALTERNATIVES - 1)]
    return {
        f"{name}_{number}": _choice(words[number], given.courses, required=False)
        for number in range(ALTERNATIVES)
    }


def _row(given: Given) -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = {"subject": _choice(_("Subject"), given.subjects)}
    for grade in ("9", "10", "11", "12"):
        fields |= _alternatives(grade, _("Grade {grade}").format(grade=grade), given)
    return fields


def _college(given: Given) -> dict[str, forms.Field]:
    return {
        "year": _choice(_("Year after high school"), (("1", "1"), ("2", "2"))),
        "subject": _text(_("Subject"), required=True, most=40, help_text=_("Or “pathway”.")),
        "courses": _long(
            _("College courses"),
            required=True,
            help_text=_("One on each line, with the college’s number where it is known."),
        ),
        "place": _text(_("College")),
    }


def _credential(given: Given) -> dict[str, forms.Field]:
    return {
        "title": _text(_("Credential"), required=True),
        "issuer": _text(_("Who gives it")),
        "after": _choice(_("When"), given.stages),
        "grade": _choice(_("In grade"), given.grades, required=False),
        "proposed_by": _text(_("Proposed by")),
    }


def _occupation(given: Given) -> dict[str, forms.Field]:
    return {
        "title": forms.CharField(
            label=_("Occupation"),
            max_length=200,
            help_text=_("Type a few letters and choose from the list, or write the code."),
            widget=forms.TextInput(attrs={"list": "occupations", "autocomplete": "off"}),
        ),
        "soc": forms.CharField(required=False, disabled=True, widget=forms.HiddenInput),
        "after": _choice(_("When"), given.stages),
    }


def _postsecondary(given: Given) -> dict[str, forms.Field]:
    return {
        "kind": _choice(_("Way on"), given.stages),
        "title": _text(_("What it is called"), required=True),
        "place": _text(_("Where")),
        "length": _text(_("How long"), most=80),
    }


def _work(given: Given) -> dict[str, forms.Field]:
    return {
        "kind": _choice(_("Kind"), given.work_kinds),
        "title": _text(_("What students do"), required=True),
        "grade": _choice(_("In grade"), given.grades, required=False),
        "hours": forms.IntegerField(label=_("Hours"), required=False, min_value=1, max_value=5000),
        "about": _long(_("More")),
    }


def _activity(given: Given) -> dict[str, forms.Field]:
    return {"title": _text(_("Name"), required=True), "about": _long(_("More"))}


def _entry(given: Given) -> dict[str, forms.Field]:
    return {
        "grade": _choice(_("In grade"), given.grades),
        "about": _long(_("Who can come in, and how"), required=True),
    }


def _advisor(given: Given) -> dict[str, forms.Field]:
    return {
        "name": _text(_("Name"), required=True),
        "organization": _text(_("Organization")),
        "advised_on": DayField(_("When"), required=False, past=True),
        "about": _long(_("On what")),
    }


def _contact(given: Given) -> dict[str, forms.Field]:
    return {
        "name": _text(_("Name"), required=True),
        "role": _text(_("Role")),
        "email": forms.EmailField(label=_("Email"), required=False),
        "phone": _text(_("Phone"), most=40),
    }


def _source(given: Given) -> dict[str, forms.Field]:
    return {
        "title": _text(_("Source"), required=True, most=300),
        "url": forms.URLField(label=_("Address"), required=False, assume_scheme="https"),
        "read_on": DayField(_("Read on"), required=False, past=True),
    }


def _evidence(given: Given) -> dict[str, forms.Field]:
    return {
        "element": _choice(_("Element"), given.elements),
        "evidence": _long(_("What shows it"), required=True),
    }


def _words(given: Given) -> dict[str, forms.Field]:
    return {
        "language": _choice(_("Language"), given.languages),
        "text": _long(_("English text"), required=True),
        "says": _long(_("Translation"), required=True),
    }


_PARTS: Mapping[str, Callable[[Given], dict[str, forms.Field]]] = {
    "about": _about,
    "entries": _entry,
    "steps": _step,
    "rows": _row,
    "college": _college,
    "skills": lambda given: {
        "title": _text(_("Skill"), required=True),
        "proposed_by": _text(_("Proposed by")),
    },
    "credentials": _credential,
    "work": _work,
    "activities": _activity,
    "organizations": _activity,
    "occupations": _occupation,
    "postsecondary": _postsecondary,
    "advisors": _advisor,
    "partners": lambda given: {"text": _text(_("Partner"), required=True)},
    "contact": _contact,
    "evidence": _evidence,
    "sources": _source,
    "local_courses": lambda given: {"text": _choice(_("Course"), given.courses)},
    "words": _words,
}
_LISTS = {"steps": ("courses",), "rows": ("9", "10", "11", "12")}  # fields made of several selects


class LineForm(forms.Form):
    """One line of a part; ``fields_of_line`` is what it says, as ``engine.program`` keeps it."""

    def __init__(self, *args: Any, part: str, given: Given, **options: Any) -> None:
        initial = options.pop("line", None)
        if initial is not None:
            options["initial"] = _shown(part, initial)
        super().__init__(*args, **options)
        self.part = part
        self.fields.update(_PARTS[part](_with(given, initial or {}, part)))
        self.suggestions = {"occupations": titles()} if part == "occupations" else {}

    def fields_of_line(self) -> dict[str, Any]:
        """What was sent, without what is empty."""
        sent = dict(self.cleaned_data)
        for name in _LISTS.get(self.part, ()):
            chosen = [sent.pop(f"{name}_{number}") for number in range(ALTERNATIVES)]
            sent[name] = list(dict.fromkeys(code for code in chosen if code))
        return _KEPT.get(self.part, _plain)(sent)


def _plain(sent: dict[str, Any]) -> dict[str, Any]:
    """Words as they are, days as text, grades as numbers; what says nothing is left out."""
    kept: dict[str, Any] = {}
    for name, value in sent.items():
        if name in ("grade", "year") and value:
            kept[name] = int(value)
        elif hasattr(value, "isoformat"):
            kept[name] = value.isoformat()
        elif value not in ("", None, [], ()):
            kept[name] = value
    return kept


def _kept_step(sent: dict[str, Any]) -> dict[str, Any]:
    kept = _plain({name: sent[name] for name in ("grade", "skills")})
    kept["courses"] = sent["courses"]
    standards = [line.strip() for line in sent["standards"].splitlines() if line.strip()]
    if standards:
        kept["standards"] = [_standard(line) for line in standards]
    if not sent["required"]:
        kept["required"] = False
    return kept


def _standard(line: str) -> dict[str, str]:
    code, _space, title = line.partition(" ")
    return {"code": code, "title": title.strip()} if title.strip() else {"code": code}


def _kept_college(sent: dict[str, Any]) -> dict[str, Any]:
    lines = [line.strip() for line in sent["courses"].splitlines() if line.strip()]
    return _plain({**sent, "courses": lines})


def _kept_occupation(sent: dict[str, Any]) -> dict[str, Any]:
    """The title and the code as the list has them; other words stay, with the code they had."""
    found = occupation_named(sent["title"])
    if found is not None:
        sent = {**sent, "title": found.title, "soc": found.code}
    return _kept_after(sent)


def _kept_after(sent: dict[str, Any]) -> dict[str, Any]:
    """The usual stage is left out, as wherever content is kept."""
    kept = _plain(sent)
    if kept.get("after") == "high_school":
        del kept["after"]
    return kept


_KEPT: Mapping[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "about": lambda sent: {"title": sent["title"], "summary": sent["summary"]},
    "steps": _kept_step,
    "college": _kept_college,
    "credentials": _kept_after,
    "occupations": _kept_occupation,
}


def _shown(part: str, line: Mapping[str, Any]) -> dict[str, Any]:
    """What a line says, as its form shows it."""
    shown = dict(line)
    for name in _LISTS.get(part, ()):
        for number, code in enumerate(shown.pop(name, ())):
            shown[f"{name}_{number}"] = code
    if part == "steps":
        shown["required"] = line.get("required", True)
        shown["standards"] = "\n".join(
            f"{each['code']} {each.get('title', '')}".strip() for each in line.get("standards", ())
        )
    if part == "college":
        shown["courses"] = "\n".join(line.get("courses", ()))
    return shown


def _with(given: Given, line: Mapping[str, Any], part: str) -> Given:
    """What may be chosen, and what stands there though it may not be chosen any more."""
    known = {code for _group, courses in given.courses for code, _title in courses}
    used = [code for name in _LISTS.get(part, ()) for code in line.get(name, ())]
    gone = [code for code in used if code not in known]
    if not gone:
        return given
    groups = (
        (_("Still to be chosen"), [(code, to_choose(code)) for code in gone if to_choose(code)]),
        (_("Not in the catalog"), [(code, code) for code in gone if not to_choose(code)]),
    )
    courses = (*(group for group in groups if group[1]), *given.courses)
    return Given(
        **{name: getattr(given, name) for name in Given.__slots__ if name != "courses"},
        courses=courses,
    )
