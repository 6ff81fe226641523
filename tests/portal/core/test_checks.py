"""A school's logo is shapes and nothing else."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from pathloom.portal.core.checks import LARGEST_LOGO, check_logo
from pathloom.portal.demo.actions.district import demo

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 36 36"'


def test_every_logo_of_the_demo_district_passes() -> None:
    logos = [school.logo for school in demo().schools if school.logo]
    assert logos
    for logo in logos:
        check_logo(logo)


@pytest.mark.parametrize(
    ("inside", "what"),
    [
        ("><script>alert(1)</script></svg>", "script"),
        (' onload="alert(1)"></svg>', "onload"),
        ("><style>*{}</style></svg>", "style"),
        ('><a href="https://elsewhere.example/"><g/></a></svg>', "a"),
        ('><image href="https://elsewhere.example/x.png"/></svg>', "image"),
        ('><use href="#x"/></svg>', "use"),
        ("><foreignObject/></svg>", "foreignObject"),
        ('><rect style="fill:red"/></svg>', "style"),
        ('><rect fill="url(https://elsewhere.example/)"/></svg>', "refers to something else"),
        ("><!-- hidden --></svg>", "comment"),
        ("><g></svg>", "not an SVG picture"),
        (f">{' ' * LARGEST_LOGO}</svg>", "characters"),
    ],
)
def test_anything_but_shapes_is_refused(inside: str, what: str) -> None:
    with pytest.raises(ValidationError, match=what):
        check_logo(OPEN + inside)


def test_a_logo_that_declares_an_entity_is_refused() -> None:
    with pytest.raises(ValidationError, match="declaration"):
        check_logo(f'<!DOCTYPE svg [<!ENTITY a "aaaa">]>{OPEN}><title>&a;</title></svg>')


@pytest.mark.parametrize("text", ["<html/>", '<svg viewBox="0 0 1 1"/>', "plain words"])
def test_what_is_no_svg_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="not an SVG picture"):
        check_logo(text)
