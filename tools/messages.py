"""The Spanish of the public pages: collect the strings, say what is missing, compile.

    .venv/bin/python -m tools.messages            bring django.po up to date, list what is open
    .venv/bin/python -m tools.messages --check    only say what is wrong; nothing is written

``django.po`` holds exactly the strings of the public pages and is written by hand between two runs;
``django.mo`` is made from it and committed, so that a portal needs no tool to speak Spanish.
"""

from __future__ import annotations

import argparse
import io
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from ruamel.yaml import YAML

PORTAL = Path(__file__).resolve().parents[1] / "src/pathloom/portal"
LOCALE = PORTAL / "locale"
POLICY = PORTAL.parents[2] / "policy" / "matrix.yaml"
LANGUAGE = "es"
APPS = ("core", "accounts", "catalog", "programs")
# Parts of these apps that only staff see, in English so far: files and folders below the portal.
STAFF = (
    "core/ui/gallery.py",
    "core/templates/core/gallery.html",
    "accounts/templates/accounts/staff.html",
    "accounts/templates/accounts/partner.html",
    "catalog/checks.py",
    "core/checks.py",
    "core/job",
    "core/templates/core/_job.html",
    "core/templates/core/job.html",
    "programs/actions/",
    "programs/checks",
    "programs/exports/copies.py",
    "programs/exports/portal.py",
    "programs/management/",
    "programs/forms/agreements.py",
    "programs/forms/authoring.py",
    "programs/forms/continuations.py",
    "programs/forms/days.py",
    "programs/forms/frameworks.py",
    "programs/forms/lines.py",
    "programs/forms/occupations.py",
    "programs/forms/portal.py",
    "programs/presenters/agreement",
    "programs/presenters/continuation",
    "programs/presenters/copies.py",
    "programs/presenters/portal.py",
    "programs/presenters/authoring",
    "programs/presenters/frameworks.py",
    "programs/templates/programs/agreements/",
    "programs/templates/programs/authoring/",
    "programs/templates/programs/staff/",
    "programs/queries/sheets.py",
    "programs/views/agreement",
    "programs/views/authoring",
    "programs/views/continuations.py",
    "programs/views/drafts.py",
    "programs/views/frameworks.py",
    "programs/views/occupations.py",
    "programs/views/portal.py",
    "programs/views/talk.py",
)
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "_lazy": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
}
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sd]|%%")


def po_file() -> Path:
    return LOCALE / LANGUAGE / "LC_MESSAGES" / "django.po"


def mo_file() -> Path:
    return po_file().with_suffix(".mo")


def public_files() -> Iterator[Path]:
    """Every module and template that a public page may show a string of."""
    for app in APPS:
        for path in sorted((PORTAL / app).rglob("*")):
            place = path.relative_to(PORTAL).as_posix()
            if path.suffix in (".py", ".html") and not place.startswith(STAFF):
                yield path


def strings() -> Catalog:
    """The strings of the public pages as they stand in the code."""
    from django.utils.translation.template import templatize

    found = Catalog(locale=LANGUAGE, domain="django", project="Pathloom")
    for path in public_files():
        text = path.read_text()
        source = templatize(text, origin=str(path)) if path.suffix == ".html" else text
        file = io.BytesIO(source.encode())
        for _line, message, comments, context in extract(
            "python", file, keywords=KEYWORDS, comment_tags=["Translators:"]
        ):
            place = (path.relative_to(PORTAL).as_posix(), None)
            found.add(message, locations=[place], auto_comments=comments, context=context)
    for words in _policy():
        found.add(words, locations=[("policy/matrix.yaml", None)], context="policy")
    return found


def _policy() -> list[str]:
    """The lines of the written policy, which the page "Who can see what" shows."""
    matrix = YAML(typ="safe").load(POLICY)
    return [*matrix["personas"].values(), *(thing["words"] for thing in matrix["objects"].values())]


def translated() -> Catalog:
    """The Spanish as it is written."""
    with po_file().open("rb") as file:
        return read_po(file, locale=LANGUAGE, domain="django")


def faults(wanted: Catalog, spanish: Catalog) -> list[str]:
    """What is wrong with the Spanish: missing, left over, unsure, or with other placeholders."""
    known = {(message.context, message.id) for message in wanted if message.id}
    here = {(message.context, message.id): message for message in spanish if message.id}
    return [
        *(f"not in the file: {_words(each)}" for each in known - set(here)),
        *(f"left over: {_words(each)}" for each in set(here) - known),
        *(f"left over: {message.id!r}" for message in spanish.obsolete.values()),
        *(fault for key in here if key in known for fault in _of_message(here[key])),
    ]


def _words(key: tuple[str | None, object]) -> str:
    return repr(key[1])


def _of_message(message: Message) -> list[str]:
    singular = message.id if isinstance(message.id, str) else message.id[0]
    every = message.id if isinstance(message.id, (list, tuple)) else [message.id]
    texts = message.string if isinstance(message.string, (list, tuple)) else [message.string]
    if not all(texts):
        return [f"not translated: {singular!r}"]
    if message.fuzzy:
        return [f"unsure: {singular!r}"]
    wanted = {frozenset(PLACEHOLDER.findall(each)) for each in every}
    wrong = [text for text in texts if frozenset(PLACEHOLDER.findall(text)) not in wanted]
    return [f"other placeholders: {singular!r} and {text!r}" for text in wrong]


def compiled(spanish: Catalog) -> bytes:
    """The bytes of ``django.mo``; the same Spanish makes the same bytes."""
    made = io.BytesIO()
    spanish.creation_date = spanish.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    write_mo(made, spanish)
    return made.getvalue()


def update(wanted: Catalog) -> Catalog:
    """Bring the file up to date: new strings wait for their Spanish, gone ones go."""
    spanish = translated() if po_file().exists() else Catalog(locale=LANGUAGE, domain="django")
    kept = Catalog(locale=LANGUAGE, domain="django", project="Pathloom")
    for message in sorted(wanted, key=lambda each: (sorted(each.locations), str(each.id))):
        if not message.id:
            continue
        before = spanish.get(message.id, message.context)
        places = sorted({(place, None) for place, _line in message.locations})
        string = before.string if before else None
        kept.add(
            message.id, string, places, context=message.context, auto_comments=message.auto_comments
        )
    po_file().parent.mkdir(parents=True, exist_ok=True)
    po_file().write_bytes(_po(kept))
    return translated()


def _po(catalog: Catalog) -> bytes:
    made = io.BytesIO()
    write_po(made, catalog, width=100, omit_header=True, include_lineno=False)
    return _HEADER.encode() + made.getvalue()


_HEADER = """\
# The Spanish of the public pages. See README.md beside this folder for the words we use.
msgid ""
msgstr ""
"Language: es\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing")
    only_check = parser.parse_args().check
    wanted = strings()
    spanish = translated() if only_check else update(wanted)
    found = faults(wanted, spanish)
    for fault in sorted(found):
        print(fault)
    if not only_check:
        mo_file().write_bytes(compiled(spanish))
    if found:
        sys.exit(f"{len(found)} open. Write the Spanish into {po_file()}, then run this again.")


if __name__ == "__main__":
    main()
