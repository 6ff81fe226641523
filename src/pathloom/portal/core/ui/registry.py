"""Declaring a component, checking what it is given, and rendering it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.template import Context
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

Values = dict[str, Any]
State = Values | Callable[[], Values]
REQUIRED: Any = object()


class ComponentError(Exception):
    """A template uses a component wrongly."""


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a component."""

    name: str
    about: str
    default: Any = REQUIRED
    one_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Component:
    """A component: its arguments in order, and the states the gallery shows."""

    name: str
    about: str
    arguments: tuple[Argument, ...]
    states: Mapping[str, State]
    block: bool = False
    prepare: Callable[[Values], Values] | None = None

    @property
    def template(self) -> str:
        return f"ui/{self.name}.html"

    def values(self, given: Mapping[str, Any]) -> Values:
        """The template's variables; raises for a missing, unknown or misspelled argument."""
        unknown = sorted(set(given) - {argument.name for argument in self.arguments})
        if unknown:
            names = ", ".join(argument.name for argument in self.arguments)
            raise ComponentError(f"ui_{self.name}: unknown {unknown}. It takes {names}.")
        values = {argument.name: self._value(argument, given) for argument in self.arguments}
        return self.prepare(values) if self.prepare else values

    def _value(self, argument: Argument, given: Mapping[str, Any]) -> Any:
        value = given.get(argument.name, argument.default)
        if value is REQUIRED:
            raise ComponentError(f"ui_{self.name}: {argument.name} is missing. {argument.about}")
        if argument.one_of and value not in argument.one_of:
            choices = ", ".join(map(repr, argument.one_of))
            raise ComponentError(
                f"ui_{self.name}: {argument.name}={value!r} does not exist. Use one of {choices}."
            )
        return value


COMPONENTS: dict[str, Component] = {}


def need(name: str, about: str, *, one_of: tuple[str, ...] = ()) -> Argument:
    """An argument that must be given."""
    return Argument(name, about, one_of=one_of)


def take(name: str, default: Any, about: str, *, one_of: tuple[str, ...] = ()) -> Argument:
    """An argument with a default."""
    return Argument(name, about, default, one_of)


def component(
    name: str,
    about: str,
    *arguments: Argument,
    states: Mapping[str, State],
    block: bool = False,
    prepare: Callable[[Values], Values] | None = None,
) -> Component:
    """Declare a component. A block component shows the content between its tags."""
    if name in COMPONENTS:
        raise ComponentError(f"ui_{name}: declared twice. Give one of them another name.")
    if not states:
        raise ComponentError(f"ui_{name}: has no state for the gallery. Declare at least one.")
    made = Component(name, about, arguments, states, block, prepare)
    COMPONENTS[name] = made
    return made


def render(
    name: str,
    given: Mapping[str, Any],
    *,
    content: str = "",
    csrf_token: Any = None,
) -> SafeString:
    """The HTML of a component. `content` is what stands between the tags of a block."""
    found = COMPONENTS[name]
    values = found.values(given)
    values.update({"csrf_token": csrf_token, "content": content})
    template: Any = get_template(found.template)
    # The inner template: no context processors, so that a component sees only its arguments.
    html: str = template.template.render(Context(values))
    return mark_safe(html.strip())
