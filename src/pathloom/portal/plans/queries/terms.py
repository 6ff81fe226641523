"""Terms in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from pathloom.engine.units import Part, Term

_PARTS = {
    Part.FALL: lambda: _("Fall"),
    Part.SPRING: lambda: _("Spring"),
    Part.SUMMER: lambda: _("Summer"),
    Part.YEAR: lambda: _("All year"),
}


def term_label(term: Term) -> str:
    """``Fall 2026``: a term in words; a spring term is named after its calendar year."""
    year = term.year.start + (term.part in {Part.SPRING, Part.SUMMER})
    if term.part is Part.YEAR:
        return str(term.year)
    return f"{_PARTS[term.part]()} {year}"


def term_words(text: str) -> str:
    """A term as a version keeps it (``2026-27 fall``) in words; other text as it stands."""
    try:
        return term_label(Term.parse(text))
    except ValueError:
        return text
