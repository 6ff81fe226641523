"""Courses and credentials that a student wished for, or would rather avoid."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pathloom.engine.catalog import Credential
from pathloom.engine.planner.candidates import Outlook
from pathloom.engine.planner.figures.figure import Figure, is_behind, is_there, titles
from pathloom.engine.planner.view import View


def ahead(view: View, names: Iterable[str]) -> tuple[str, ...]:
    """Wished courses, each once, that are neither earned nor under way."""
    return tuple(name for name in dict.fromkeys(names) if not is_behind(view, name))


def wanted(view: View) -> Figure | None:
    """Wanted courses that are not in the plan."""
    names = ahead(view, view.request.wishes.wanted)
    if not names:
        return None
    missing = [name for name in names if name not in view.taken]
    return Figure("wanted", len(missing), _wanted_words(view, missing, of=len(names)))


def _wanted_words(view: View, missing: Sequence[str], *, of: int) -> str:
    if not missing:
        return "Every course you wished for is in the plan."
    open_terms = Outlook(view.request).open_terms
    never = [name for name in missing if not open_terms.get(name)]
    others = [name for name in missing if open_terms.get(name)]
    said = [f"{of - len(missing)} of {of} courses you wished for are in the plan."]
    if others:
        said.append(f"{titles(view, others)} {_be(others)} not in it.")
    if never:
        said.append(f"{titles(view, never)} cannot be taken in the terms ahead.")
    return " ".join(said)


def liked(view: View) -> Figure | None:
    """Liked courses that are not in the plan."""
    names = ahead(view, view.request.wishes.liked)
    if not names:
        return None
    there = [name for name in names if name in view.taken]
    words = f"{titles(view, there)} {_be(there)} in the plan because you like {_it(there)}."
    if not there:
        words = "No course that you like fits without adding to your load."
    elif len(there) < len(names):
        words += " More of what you like would add to your load."
    return Figure("liked", len(names) - len(there), words)


def avoided(view: View) -> Figure | None:
    """Times that courses which the student would rather avoid are in the plan."""
    names = view.request.wishes.avoided
    if not names:
        return None
    there = [place.course for place in view.placements if place.course in names]
    words = "No course that you would rather avoid is in the plan."
    if there:
        each = tuple(dict.fromkeys(there))
        words = f"{titles(view, each)} {_be(each)} in the plan, though you would rather avoid it."
        if len(each) > 1:
            words = words.replace("avoid it.", "avoid them.")
    return Figure("avoided", len(there), words)


def wished_credentials(view: View) -> tuple[Credential, ...]:
    known = {one.id: one for one in view.request.catalog.credentials}
    names = dict.fromkeys(view.request.wishes.credentials)
    return tuple(known[name] for name in names if name in known)


def credentials(view: View) -> Figure | None:
    """Wished credentials that the plan does not prepare for."""
    wished = wished_credentials(view)
    if not wished:
        return None
    ready: list[str] = []
    short: list[str] = []
    for one in wished:
        missing = [name for name in one.courses if not is_there(view, name)]
        if missing:
            short.append(f"{one.title} also needs {titles(view, missing)}.")
        else:
            ready.append(one.title)
    said = [f"This plan prepares you for {title}." for title in ready]
    return Figure("credentials", len(short), " ".join([*said, *short]))


def _be(names: Sequence[str]) -> str:
    return "is" if len(names) == 1 else "are"


def _it(names: Sequence[str]) -> str:
    return "it" if len(names) == 1 else "them"
