"""The tags of the components, made from their declarations: `{% ui_button "Save" %}`."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from django import template
from django.contrib.staticfiles import finders
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.utils.safestring import SafeString, mark_safe

from pathloom.portal.core.ui import COMPONENTS, Component, render

register = template.Library()
ARGUMENT = re.compile(r"(?:(\w+)=)?(.+)", re.DOTALL)


class ComponentNode(template.Node):
    """One use of a component in a page."""

    def __init__(
        self, component: Component, given: dict[str, FilterExpression], inner: NodeList | None
    ) -> None:
        self.component = component
        self.given = given
        self.inner = inner

    def render(self, context: template.Context) -> SafeString:
        return render(
            self.component.name,
            {name: value.resolve(context) for name, value in self.given.items()},
            content="" if self.inner is None else self.inner.render(context),
            csrf_token=context.get("csrf_token"),
        )


def _compile(component: Component) -> Any:
    def compile_tag(parser: Parser, token: Token) -> ComponentNode:
        given = _given(component, parser, token)
        inner = None
        if component.block:
            inner = parser.parse((f"endui_{component.name}",))
            parser.delete_first_token()
        return ComponentNode(component, given, inner)

    return compile_tag


def _given(component: Component, parser: Parser, token: Token) -> dict[str, FilterExpression]:
    given: dict[str, FilterExpression] = {}
    names = [argument.name for argument in component.arguments]
    for position, bit in enumerate(token.split_contents()[1:]):
        name, value = ARGUMENT.fullmatch(bit).groups()  # type: ignore[union-attr]
        if name is None and position < len(names):
            name = names[position]
        if name not in names or name in given:
            raise template.TemplateSyntaxError(
                f"ui_{component.name}: {bit!r} fits no argument. It takes {', '.join(names)}."
            )
        given[name] = parser.compile_filter(value)
    return given


for _component in COMPONENTS.values():
    register.tag(f"ui_{_component.name}", _compile(_component))


@cache
def _icon(name: str) -> str:
    path = finders.find(f"vendor/icons/{name}.svg")
    if not isinstance(path, str):
        raise template.TemplateSyntaxError(
            f"icon {name!r} is not there. Add its name to tools/icons.txt and run `make run`."
        )
    with open(path, encoding="utf-8") as file:
        svg = file.read()
    inner = svg[svg.index(">") + 1 : svg.rindex("</svg>")].strip()
    return (
        '<svg class="icon" viewBox="0 0 16 16" width="16" height="16" fill="currentColor" '
        f'aria-hidden="true" focusable="false">{inner}</svg>'
    )


@register.simple_tag
def ui_icon(name: str) -> SafeString:
    """A picture that only repeats the words beside it; screen readers skip it."""
    return mark_safe(_icon(name))
