"""Components: each declared, each in the gallery, each refusing what it does not take."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.test import Client

from pathloom.portal.core.ui import COMPONENTS, Component, component, need, render
from pathloom.portal.core.ui.gallery import gallery
from pathloom.portal.core.ui.registry import ComponentError

TEMPLATES = Path(__file__).resolve().parents[3] / "src/pathloom/portal/core/templates/ui"


def draw(source: str, **values: Any) -> str:
    return Template(source).render(Context(values))


def not_shown(html: str) -> list[tuple[str, str]]:
    """Every state of every component that a gallery page does not show."""
    return [
        (declared.name, state)
        for declared in COMPONENTS.values()
        for state in declared.states
        if f'data-component="{declared.name}" data-state="{state}"' not in html
    ]


@pytest.mark.django_db
def test_the_gallery_shows_every_component_in_every_state(client: Client) -> None:
    html = client.get("/gallery/").text
    assert not_shown(html) == []


@pytest.mark.django_db
def test_a_component_missing_from_the_gallery_is_found(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    html = client.get("/gallery/").text
    planted = Component("planted", "A planted one.", (), {"only": {}})
    monkeypatch.setitem(COMPONENTS, "planted", planted)
    assert not_shown(html) == [("planted", "only")]


def test_every_template_of_a_component_is_declared() -> None:
    assert {path.stem for path in TEMPLATES.glob("*.html")} == set(COMPONENTS)


def test_every_component_says_what_it_and_its_arguments_are_for() -> None:
    for declared in COMPONENTS.values():
        assert declared.about.endswith("."), declared.name
        assert all(argument.about for argument in declared.arguments), declared.name


def test_no_state_of_the_gallery_is_empty() -> None:
    for entry in gallery():
        assert all("<" in state["html"] for state in entry["states"]), entry["name"]


def test_a_component_without_a_state_is_refused() -> None:
    with pytest.raises(ComponentError, match="has no state for the gallery"):
        component("planted", "A planted one.", states={})


def test_a_component_is_declared_once() -> None:
    with pytest.raises(ComponentError, match="declared twice"):
        component("button", "Another one.", need("label", "Words."), states={"a": {}})


def test_a_missing_argument_is_named() -> None:
    with pytest.raises(ComponentError, match="ui_button: label is missing"):
        render("button", {})


def test_an_unknown_value_is_answered_with_the_choices() -> None:
    with pytest.raises(ComponentError, match=r"kind='loud' does not exist\. Use one of 'primary'"):
        render("button", {"label": "Go", "kind": "loud"})


def test_a_misspelled_argument_is_a_syntax_error() -> None:
    with pytest.raises(TemplateSyntaxError, match="'labl=\"Go\"' fits no argument"):
        Template('{% ui_button labl="Go" %}')


def test_a_first_argument_may_stand_without_its_name() -> None:
    assert "Go" in draw('{% ui_button "Go" %}')


def test_words_of_a_person_are_escaped() -> None:
    html = draw(
        "{% ui_chip words %}{% ui_card title=words %}{{ words }}{% endui_card %}", words="<b>"
    )
    assert "<b>" not in html
    assert html.count("&lt;b&gt;") == 3


def test_a_block_component_shows_what_stands_between_its_tags() -> None:
    html = draw('{% ui_card title="T" %}<p>{{ inside }}</p>{% endui_card %}', inside="here")
    assert "<p>here</p>" in html


def test_a_component_sees_only_its_arguments() -> None:
    assert "leak" not in draw('{% ui_chip "Go" %}', tone="leak", url="leak")


def test_a_form_of_one_button_carries_the_token() -> None:
    html = draw('{% ui_post_button "Undo" "/undo/" %}', csrf_token="abc")
    assert 'name="csrfmiddlewaretoken" value="abc"' in html


def test_a_status_is_a_word_and_never_a_color_alone() -> None:
    for state in COMPONENTS["status"].states.values():
        assert isinstance(state, dict)
        html = render("status", state)
        assert html.rsplit("</svg>", 1)[1].removesuffix("</span>").strip()


def test_progress_stays_between_nothing_and_all() -> None:
    for value, width in ((-5, None), (0, None), (3, "75%"), (4, "100%"), (9, "100%")):
        html = render("progress", {"label": "L", "value": value, "maximum": 4, "text": "t"})
        assert (f'class="progress-done" width="{width}"' in html) == (width is not None)


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Maya Ellison", "ME"),
        ("Ms. Rosa Ortiz", "RO"),
        ("Ms. Ortiz", "O"),
        ("Theo", "T"),
        ("", "?"),
    ],
)
def test_initials_leave_out_titles(name: str, initials: str) -> None:
    assert f">{initials}<" in render("avatar", {"name": name})


def test_an_icon_that_is_not_there_says_where_to_add_it() -> None:
    with pytest.raises(TemplateSyntaxError, match=r"Add its name to tools/icons\.txt"):
        draw('{% ui_icon "no-such-icon" %}')
