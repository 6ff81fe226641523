"""Days are written as people write them."""

from __future__ import annotations

from datetime import date

import pytest
from django.template import engines
from django.utils.translation import override

from pathloom.portal.core.days import day_said


@pytest.mark.parametrize("value", [date(2026, 11, 21), "2026-11-21"])
@pytest.mark.parametrize(
    ("language", "words"), [("en", "Nov. 21, 2026"), ("es", "21 de noviembre de 2026")]
)
def test_a_day_is_said_in_the_language_of_the_page(
    value: date | str, language: str, words: str
) -> None:
    with override(language):
        assert day_said(value) == words


@pytest.mark.parametrize("value", ["", "2026", "fall of 2026", "2026-02-30"])
def test_what_is_no_day_stays_as_it_is(value: str) -> None:
    assert day_said(value) == value


def test_every_template_can_say_a_day() -> None:
    template = engines["django"].from_string("{{ read_on|day }}")
    assert template.render({"read_on": "2026-11-21"}) == "Nov. 21, 2026"
