"""Every word of a public page has its Spanish, and the Spanish fits."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from babel.messages.catalog import Catalog
from django.utils import translation
from django.utils.translation import gettext, ngettext

from tools import messages

WORDS = re.compile(r"[A-Za-z]{3,}")


def catalog(*entries: tuple[object, object], fuzzy: bool = False) -> Catalog:
    made = Catalog(locale="es", domain="django")
    for name, text in entries:
        made.add(name, text, flags=["fuzzy"] if fuzzy else [])
    return made


def test_every_public_string_has_its_spanish() -> None:
    wanted = messages.strings()
    assert len(wanted) > 400
    assert messages.faults(wanted, messages.translated()) == []


def test_the_compiled_file_is_that_of_the_written_one() -> None:
    assert messages.mo_file().read_bytes() == messages.compiled(messages.translated())


WANTED = catalog(("One %(a)s", ""), (("%(n)s job", "%(n)s jobs"), ("", "")))
RIGHT = (("One %(a)s", "Un %(a)s"), (("%(n)s job", "%(n)s jobs"), ("%(n)s x", "%(n)s xs")))
FAULTS: dict[str, Callable[[], Catalog]] = {
    "not in the file": lambda: catalog(RIGHT[0]),
    "left over": lambda: catalog(*RIGHT, ("Gone", "Ido")),
    "not translated": lambda: catalog(("One %(a)s", ""), RIGHT[1]),
    "unsure": lambda: catalog(*RIGHT, fuzzy=True),
    "other placeholders": lambda: catalog(("One %(a)s", "Un %(b)s"), RIGHT[1]),
}


def test_right_spanish_has_no_fault() -> None:
    assert messages.faults(WANTED, catalog(*RIGHT)) == []


@pytest.mark.parametrize("kind", FAULTS)
def test_a_planted_fault_is_found(kind: str) -> None:
    found = messages.faults(WANTED, FAULTS[kind]())
    assert any(fault.startswith(kind) for fault in found), found


def test_one_form_of_a_number_without_its_placeholder_is_found() -> None:
    wrong = catalog(RIGHT[0], (("%(n)s job", "%(n)s jobs"), ("un trabajo", "%(n)s trabajos")))
    assert messages.faults(WANTED, wrong)


def test_the_portal_speaks_it() -> None:
    with translation.override("es"):
        assert gettext("Skip to the page") == "Saltar al contenido"
        assert ngettext("%(n)s course", "%(n)s courses", 2) == "%(n)s cursos"


def test_the_strings_of_templates_and_modules_are_found() -> None:
    found = {message.id: message for message in messages.strings() if message.id}
    assert "Skip to the page" in found  # a template
    assert "We did not find this page." in found  # a module
    assert ("%(n)s course", "%(n)s courses") in found


def test_no_spanish_text_is_left_in_english() -> None:
    same = {"AP", "IB", "JROTC", "local", "Social", "no"}
    wrong = [
        message.id
        for message in messages.translated()
        if message.id and message.id == message.string and WORDS.search(str(message.id))
    ]
    allowed = [each for each in wrong if each in same or not WORDS.search(_without(each))]
    assert sorted(wrong) == sorted(allowed)


def _without(text: object) -> str:
    return re.sub(r"%\(\w+\)s", "", str(text))
