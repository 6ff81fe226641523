"""Buttons, cards, chips, messages, form fields, people."""

from __future__ import annotations

from typing import Any

from django import forms

from pathloom.portal.core.ui.registry import Values, component, need, take

KINDS = ("primary", "secondary", "quiet", "danger")
_KIND = take("kind", "primary", "One primary action a page.", one_of=KINDS)
_ICON = take("icon", "", "Name of an icon that repeats the label.")
_WIDE = take("wide", False, "As wide as its container.")

component(
    "button",
    "Sends the form it stands in.",
    need("label", "What happens, as a verb."),
    _KIND,
    take("name", "", "Name of the value it sends."),
    take("value", "", "The value it sends."),
    _ICON,
    _WIDE,
    take("describe", "", "More words for screen readers, where the label alone is not enough."),
    take("disabled", False, "Cannot be used now; the page says why beside it."),
    states={
        "primary": {"label": "Send to Ms. Ortiz"},
        "secondary": {"label": "Undo", "kind": "secondary", "icon": "arrow-counterclockwise"},
        "quiet": {"label": "Move to…", "kind": "quiet", "describe": "Biology"},
        "danger": {"label": "Remove", "kind": "danger"},
        "wide": {"label": "Read and sign version 8", "wide": True},
        "disabled": {"label": "Sign", "disabled": True},
    },
)
component(
    "link_button",
    "A link that looks like a button, because it is the next step.",
    need("label", "Where it leads."),
    need("url", "The address."),
    _KIND,
    _ICON,
    _WIDE,
    take("describe", "", "More words for screen readers, where the label alone is not enough."),
    states={
        "primary": {"label": "See the three", "url": "#link_button"},
        "secondary": {
            "label": "Print one page",
            "url": "#link_button",
            "kind": "secondary",
            "icon": "printer",
        },
        "quiet": {
            "label": "Courses",
            "url": "#link_button",
            "kind": "quiet",
            "describe": "Magnolia High School",
        },
        "danger": {"label": "Start over", "url": "#link_button", "kind": "danger"},
        "wide": {"label": "Ask Ms. Ortiz", "url": "#link_button", "wide": True},
    },
)
component(
    "post_button",
    "A form of one button: an action on the page's object.",
    need("label", "What happens, as a verb."),
    need("url", "Where it is sent."),
    take("kind", "secondary", "One primary action a page.", one_of=KINDS),
    _ICON,
    _WIDE,
    take("fields", {}, "Hidden values, name to value."),
    take("describe", "", "More words for screen readers."),
    states={
        "secondary": {"label": "Undo", "url": "#post_button", "icon": "arrow-counterclockwise"},
        "primary": {"label": "Make my plan", "url": "#post_button", "kind": "primary"},
        "with a value": {"label": "Add AP Statistics", "url": "#post_button", "fields": {"a": "1"}},
    },
)
component(
    "card",
    "One thing on the page, with a title.",
    take("title", "", "Its title."),
    take("level", 2, "Level of the heading: 2 or 3."),
    take("note", "", "A line under the title."),
    take("kind", "plain", "plain, or sunken for a column of cards.", one_of=("plain", "sunken")),
    take("id", "", "Anchor."),
    block=True,
    states={
        "plain": {
            "title": "Your 23 credits",
            "note": "Each thread is a requirement, each knot a course.",
            "content": "<p>What the card holds.</p>",
        },
        "sunken": {
            "title": "Grade 9",
            "level": 3,
            "kind": "sunken",
            "content": "<p>6.0 earned</p>",
        },
        "without a title": {"content": "<p>Only content.</p>"},
    },
)
component(
    "chip",
    "A few words about the thing beside it; a link when it has an address.",
    need("label", "The words."),
    take(
        "tone", "plain", "What kind of words.", one_of=("plain", "accent", "met", "info", "short")
    ),
    take("url", "", "Where it leads."),
    states={
        "plain": {"label": "Drafter"},
        "accent": {"label": "My program", "tone": "accent"},
        "met": {"label": "Saved 2 seconds ago", "tone": "met"},
        "info": {"label": "College credit, 3 h", "tone": "info"},
        "short": {"label": "1 thing missing", "tone": "short"},
        "link": {"label": "Civil engineer", "url": "#chip"},
    },
)
component(
    "alert",
    "A message about this page, in words first.",
    need("kind", "How much it matters.", one_of=("note", "warn", "stop", "done")),
    take("title", "", "The message in one line."),
    take("level", 2, "Level of the heading."),
    block=True,
    states={
        "note": {
            "kind": "note",
            "title": "These rules are a draft.",
            "content": "<p>So this result is unofficial.</p>",
        },
        "warn": {
            "kind": "warn",
            "title": "Your plan is 1.0 credit short.",
            "content": "<p>Add a fourth math course.</p>",
        },
        "stop": {
            "kind": "stop",
            "title": "Your change was not saved.",
            "content": "<p>Ms. Ortiz was first. Look at her change, then try again.</p>",
        },
        "done": {"kind": "done", "title": "You signed version 8."},
    },
)


class _Sample(forms.Form):
    name = forms.CharField(label="User name", required=True)
    grade = forms.ChoiceField(label="Grade", choices=[("9", "Grade 9"), ("10", "Grade 10")])
    why = forms.CharField(
        label="Why this change?",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="One sentence is enough.",
    )
    pace = forms.ChoiceField(
        label="How many credits a year?",
        choices=[("6", "Six"), ("7", "Seven")],
        widget=forms.RadioSelect,
    )
    agree = forms.BooleanField(label="I have read version 8.")


def _sample(name: str, prefix: str, data: dict[str, str] | None = None) -> Values:
    filled = None if data is None else {f"{prefix}-{key}": value for key, value in data.items()}
    return {"field": _Sample(filled, prefix=prefix)[name]}


def _field(values: Values) -> Values:
    field: Any = values["field"]
    kind = field.widget_type
    return {
        **values,
        "as_group": field.use_fieldset,
        "as_check": kind == "checkbox",
        "optional": not field.field.required,
    }


component(
    "field",
    "A form field with its label, help and errors.",
    need("field", "The bound field of a form."),
    prepare=_field,
    states={
        "text": lambda: _sample("name", "text"),
        "with help, optional": lambda: _sample("why", "help"),
        "choice": lambda: _sample("grade", "choice"),
        "radio": lambda: _sample("pace", "radio"),
        "check": lambda: _sample("agree", "check"),
        "error": lambda: _sample("name", "error", {}),
        "error in a group": lambda: _sample("pace", "errors", {}),
    },
)
component(
    "empty",
    "Nothing here yet: why, and what to do.",
    need("title", "What is not there."),
    take("text", "", "Why, and what to do."),
    take("label", "", "The action."),
    take("url", "", "Where the action leads."),
    take("icon", "signpost-split", "A picture that repeats the title."),
    states={
        "with an action": {
            "title": "You have no plan yet.",
            "text": "Choose a program. We make a first plan that fits your record.",
            "label": "Choose a program",
            "url": "#empty",
        },
        "only words": {"title": "No student needs you today.", "icon": "check-lg"},
    },
)


def _avatar(values: Values) -> Values:
    words = [word for word in str(values["name"]).replace(".", " ").split() if word[0].isalpha()]
    titles = {"Ms", "Mr", "Mrs", "Dr", "Mx"}
    words = [word for word in words if word not in titles] or words
    initials = "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words))
    return {**values, "initials": initials.upper() or "?"}


component(
    "avatar",
    "A person's initials, always beside the name.",
    need("name", "The person's name."),
    take("size", "medium", "Its size.", one_of=("small", "medium", "large")),
    prepare=_avatar,
    states={
        "medium": {"name": "Maya Ellison"},
        "small": {"name": "Ms. R. Ortiz", "size": "small"},
        "large": {"name": "Theo", "size": "large"},
    },
)
component(
    "disclosure",
    "More, for who wants it: “Why?” beside every claim.",
    take("summary", "Why?", "What opens it."),
    take("open", False, "Open from the start."),
    take("describe", "", "What it is about, for screen readers."),
    block=True,
    states={
        "closed": {
            "describe": "Mathematics",
            "content": "<p>The rule asks for four units of mathematics.</p>",
        },
        "open": {
            "summary": "Where does this come from?",
            "open": True,
            "content": "<p>Georgia rule 160-4-2-.48.</p>",
        },
    },
)
