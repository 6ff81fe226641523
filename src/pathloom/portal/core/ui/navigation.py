"""Where am I, and where can I go."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from pathloom.portal.core.ui.registry import component, need, take

component(
    "breadcrumbs",
    "The way from the start to this page.",
    need("items", "Pairs of label and url; the last one is this page."),
    take("label", _("You are here"), "What it is, for screen readers."),
    states={
        "three levels": {
            "items": [
                {"label": "Careers", "url": "#breadcrumbs"},
                {"label": "Health Science", "url": "#breadcrumbs"},
                {"label": "Patient Care", "url": ""},
            ]
        },
        "one level": {
            "label": "You are here, one level",
            "items": [{"label": "Schools", "url": "#breadcrumbs"}, {"label": "Magnolia High"}],
        },
    },
)
component(
    "tabs",
    "Sides of one thing, each with its own address.",
    need("label", "What the tabs are of."),
    need("items", "label, url, current."),
    states={
        "second one open": {
            "label": "Plan",
            "items": [
                {"label": "Builder", "url": "#tabs"},
                {"label": "Versions", "url": "#tabs", "current": True},
                {"label": "Compare", "url": "#tabs"},
            ],
        }
    },
)
component(
    "filters",
    "Parts of one list; the choice is in the address.",
    need("label", "What is filtered."),
    need("items", "label, url, current, count."),
    states={
        "first one chosen": {
            "label": "Students",
            "items": [
                {"label": "Needs a person", "url": "#filters", "count": 31, "current": True},
                {"label": "Unsigned plans", "url": "#filters", "count": 58},
                {"label": "All", "url": "#filters", "count": 372},
            ],
        }
    },
)
component(
    "steps",
    "A short way through pages, and how far one is.",
    need("label", "What the steps lead to."),
    need("items", "label, state (done, current or later), url of a step one may go back to."),
    take("note", "", "A line under the steps."),
    states={
        "second of three": {
            "label": "Your plan",
            "items": [
                {"label": "Choose a program", "state": "done", "url": "#steps"},
                {"label": "Build the plan", "state": "current"},
                {"label": "Sign", "state": "later"},
            ],
        },
        "all done": {
            "label": "Signatures",
            "items": [
                {"label": "Maya", "state": "done"},
                {"label": "Guardian", "state": "done"},
                {"label": "Ms. Ortiz", "state": "done"},
            ],
        },
    },
)
