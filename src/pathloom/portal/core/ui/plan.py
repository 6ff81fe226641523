"""The loom, the course card and the signature: how a plan looks everywhere."""

from __future__ import annotations

from pathloom.portal.core.ui.registry import Values, component, need, take

_STATES = {"■": "earned", "◧": "in_progress", "□": "planned", "·": "missing"}


def _knots(signs: str) -> list[Values]:
    """Knots: ``■`` earned, ``◧`` in progress, ``□`` planned, ``·`` missing; ``'`` half."""
    return [
        {
            "state": _STATES[sign],
            "half": signs[index + 1 : index + 2] == "'",
            "title": "",
            "credits": "1.0",
        }
        for index, sign in enumerate(signs)
        if sign in _STATES
    ]


def _row(title: str, area: int, *cells: str, amount: str, missing: str = "") -> Values:
    return {
        "id": f"area-{area}",
        "title": title,
        "area": area,
        "status": "short" if missing else "planned",
        "amount": amount,
        "missing": missing,
        "anchor": "#loom",
        "cells": [
            {"grade": 9 + index, "now": index == 2, "knots": _knots(signs), "words": signs}
            for index, signs in enumerate(cells)
        ],
    }


def _loom(*rows: Values) -> Values:
    return {"grades": [9, 10, 11, 12], "grade_now": 11, "rows": list(rows), "official": False}


_ROWS = (
    _row("English", 1, "■", "■", "◧", "□", amount="4.0 of 4"),
    _row("Mathematics", 2, "■", "■", "◧", "·", amount="3.0 of 4", missing="1.0"),
    _row("Science", 3, "■", "■", "◧", "□", amount="4.0 of 4"),
    _row("Social studies", 4, "", "■", "◧", "□'□'", amount="3.0 of 3"),
    _row("Engineering pathway", 5, "■", "■", "◧", "", amount="3.0 of 3"),
    _row("Health and fitness", 6, "■'■'", "", "", "", amount="1.0 of 1"),
    _row("Electives", 7, "■", "■■", "◧", "□", amount="4.0 of 4"),
)

component(
    "loom",
    "Where a student stands: areas as threads, credit as knots, grades as columns; also a table.",
    need("loom", "What `plans.presenters.loom` makes."),
    need("caption", "What the picture shows, one phrase for screen readers."),
    states={
        "one thing missing": {"loom": _loom(*_ROWS), "caption": "Credits by area and grade"},
        "just begun": {
            "loom": _loom(
                _row("English", 1, "◧", "·", "·", "·", amount="1.0 of 4", missing="3.0"),
                _row("An area beyond the others", 8, "□'", "", "", "", amount="0.5 of 0.5"),
            ),
            "caption": "Credits by area and grade",
        },
    },
)
component(
    "loom_strip",
    "The loom in sixteen pixels of height, for headers and rows of lists.",
    need("strip", "What `plans.presenters.strip` makes."),
    states={
        "seven areas": {
            "strip": {
                "words": "English 4.0 of 4; Mathematics 3.0 of 4",
                "rows": [
                    {"title": "English", "area": 1, "knots": _knots("■■◧□")},
                    {"title": "Mathematics", "area": 2, "knots": _knots("■■◧·")},
                    {"title": "Science", "area": 3, "knots": _knots("■■◧□")},
                    {"title": "Social studies", "area": 4, "knots": _knots("■◧□")},
                    {"title": "Pathway", "area": 5, "knots": _knots("■■◧")},
                    {"title": "Health and fitness", "area": 6, "knots": _knots("■'■'")},
                    {"title": "Electives", "area": 7, "knots": _knots("■■◧□")},
                ],
            }
        }
    },
)


def _card(title: str, area: int, state: str, words: str, **more: object) -> Values:
    card = {
        "title": title,
        "area": area,
        "state": state,
        "state_words": words,
        "credits": "1.0",
        "mark": "",
        "chips": [],
    }
    return {"card": card | more}


component(
    "course_card",
    "A course of a record or a plan: area at its edge, title, credit, state in words.",
    need(
        "card",
        "title, credits, area (0 to 8), state, state_words, mark, chips; marks: lock, wish.",
    ),
    states={
        "earned": _card("Biology", 3, "earned", "earned", mark="88"),
        "in progress": _card("American Literature", 1, "in_progress", "in progress"),
        "planned": _card("Economics", 4, "planned", "planned", chips=["college credit"]),
        "locked": _card(
            "Band", 6, "planned", "planned", marks={"lock": "locked", "wish": "you want this"}
        ),
        "missing": _card("Mathematics", 2, "missing", "1.0 still to choose"),
        "not passed": _card("Chemistry", 0, "failed", "not passed", mark="58"),
        "withdrawn": _card("Ceramics", 0, "withdrawn", "withdrawn"),
    },
)
component(
    "signature",
    "Who signed exactly this version, in which role and when; or who has not yet.",
    need("signature", "signed, name, role, line, short_hash."),
    take("mine", False, "Whether it is the reader's own turn."),
    states={
        "signed": {
            "signature": {
                "signed": True,
                "name": "Maya Ellison",
                "role": "student",
                "line": "Signed version 3 on November 22, 2026, 3:04 p.m.",
                "short_hash": "4be02c1f9a7d",
            }
        },
        "waiting": {
            "signature": {"signed": False, "name": "Not signed yet", "role": "guardian", "line": ""}
        },
        "your turn": {
            "signature": {
                "signed": False,
                "name": "Not signed yet",
                "role": "counselor",
                "line": "",
            },
            "mine": True,
        },
    },
)
