"""Terms in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from pathloom.engine.units import Part, Term

_PARTS = {
    Part.FALL: lambda: _("Fall"),
    Part.SPRING: lambda: _("Spring"),
    Part.SUMMER: lambda: _("Summer"),
}


def term_label(term: Term) -> str:
    """``Fall 2026``: a term in words; a spring term is named after its calendar year."""
    if term.part is Part.YEAR:
        return str(term.year)
    if term.part is Part.ONLINE:
        return _("Online %(year)s") % {"year": term.year}
    return f"{_PARTS[term.part]()} {term.year.start + (term.part is not Part.FALL)}"


def term_words(text: str) -> str:
    """A term as a version keeps it (``2026-27 fall``) in words; other text as it stands."""
    try:
        return term_label(Term.parse(text))
    except ValueError:
        return text
