"""The language of a page is part of its address: English at ``/…``, Spanish at ``/es/…``."""

from __future__ import annotations

from django.conf import settings


def language_of(path: str) -> str:
    """The language that a path names; without a name, that of the portal."""
    first = path.lstrip("/").partition("/")[0]
    return first if first in _others() else str(settings.LANGUAGE_CODE)


def in_language(path: str, language: str) -> str:
    """The address of the same page in another language."""
    plain = path.removeprefix(f"/{language_of(path)}") if language_of(path) in _others() else path
    return f"/{language}{plain}" if language in _others() else plain


def languages() -> dict[str, str]:
    """Every language with its own name of itself, by code; the portal's own is first."""
    return dict(settings.LANGUAGES)


def _others() -> set[str]:
    return set(languages()) - {settings.LANGUAGE_CODE}
