"""One figure of a plan, and the words that all figures share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pathloom.engine.planner.view import View
from pathloom.engine.rules.phrases import all_of


@dataclass(frozen=True, slots=True)
class Figure:
    """How far one goal is reached: a number to compare, and a sentence.

    Smaller is better; with ``more``, larger is. Credits and hours are in hundredths.
    """

    goal: str
    value: int
    words: str
    more: bool = False


def is_there(view: View, name: str) -> bool:
    """Whether a course is planned, under way or earned."""
    return name in view.taken or is_behind(view, name)


def is_behind(view: View, name: str) -> bool:
    """Whether a course is under way or earned."""
    course = view.courses.get(name)
    return course is not None and (bool(view.earned_marks(course)) or view.is_under_way(course))


def titles(view: View, names: Iterable[str]) -> str:
    """``Band and Chorus``."""
    return all_of([view.title(name) for name in names])


def plain(name: str) -> str:
    """A subject or tag in words: ``fine-arts`` is fine arts, ``language:latin`` is latin."""
    return name.rpartition(":")[2].replace("-", " ")
