"""Every component in every state, as plain values for the gallery page."""

from __future__ import annotations

from typing import Any

from django.utils.safestring import mark_safe

from pathloom.portal.core.ui.registry import COMPONENTS, REQUIRED, Component, Values, render

WIDE = ("table", "loom", "alert", "steps", "breadcrumbs", "tabs", "filters", "empty")


def gallery() -> list[dict[str, Any]]:
    """The components in the order in which they are declared."""
    return [_entry(component) for component in COMPONENTS.values()]


def _entry(component: Component) -> dict[str, Any]:
    return {
        "name": component.name,
        "about": component.about,
        "wide": component.name in WIDE,
        "arguments": [
            {
                "name": argument.name,
                "about": argument.about,
                "one_of": argument.one_of,
                "required": argument.default is REQUIRED,
            }
            for argument in component.arguments
        ],
        "states": [
            {"name": name, "html": _render(component, state() if callable(state) else state)}
            for name, state in component.states.items()
        ],
    }


def _render(component: Component, state: Values) -> str:
    given = {name: value for name, value in state.items() if name != "content"}
    # The content of a state is written in this repository, like a template.
    return render(component.name, given, content=mark_safe(state.get("content", "")))
