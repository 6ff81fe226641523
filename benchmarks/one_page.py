"""The one-page PDF of a program of study: the usual length, and every list twenty times as long.

Run: ``python benchmarks/one_page.py [COUNT] [SEED]``.
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from random import Random
from time import perf_counter
from typing import Any

import django
import report

ADDRESS = "https://portal.example/schools/example-high/programs/example/"
SCHOOL = {
    "name": "Example High School",
    "district": "Example Schools",
    "address_line": "1 Example Street",
    "office": "",
    "language": "en",
    "address": "https://portal.example/schools/example-high/",
    "color": "#3b4cca",
    "monogram": "E",
    "logo": "",
}
SUBJECTS = ("English", "Mathematics", "Science", "Social studies", "Health", "World languages")
WORDS = ("advanced", "applied", "design", "systems", "principles", "history", "science", "modern")


def main(count: int, seed: int) -> None:
    set_up()
    rows = [
        {"what": name, "pages": str(count)} | report.spread(measured(count, seed, times=times))
        for name, times in (("usual length", 1), ("lists twenty times as long", 20))
    ]
    report.write("One page", rows, seed=seed)


def set_up() -> None:
    os.environ.setdefault("SECRET_KEY", "benchmark")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pathloom.portal.config.settings")
    django.setup()


def measured(count: int, seed: int, *, times: int) -> list[float]:
    """Milliseconds for each of ``count`` generated pages, after one that is not counted."""
    from pathloom.portal.programs.pdf import one_page, setting

    setting.kept = lambda _form, _data, make: make()  # type: ignore[assignment]
    random = Random(seed)
    pages = [generated(random, times) for _ in range(count)]
    one_page(pages[0])
    taken = []
    for page in pages:
        started = perf_counter()
        one_page(page)
        taken.append((perf_counter() - started) * 1000)
    return taken


def generated(random: Random, times: int = 1) -> dict[str, Any]:
    """A program of both levels as ``presenters.sharing.shared_program`` makes it."""

    def title() -> str:
        return " ".join(random.choices(WORDS, k=random.randint(2, 6))).capitalize()

    def course() -> dict[str, Any]:
        return {"title": title(), "credits": "1.0", "local": False, "place": ""}

    def cell(most: int) -> list[dict[str, Any]]:
        number = random.randint(1, most) * times
        return [{"courses": [course() for _ in range(number)], "required": True}]

    def titles(most: int) -> list[dict[str, str]]:
        return [{"title": title()} for _ in range(random.randint(1, most) * times)]

    columns = [{"title": f"Grade {grade}", "level": "school"} for grade in range(9, 13)]
    columns += [{"title": f"Year {year} of college", "level": "college"} for year in (1, 2)]
    rows = [("pathway", "Pathway", 1), *((each, each, 2) for each in SUBJECTS)]
    return {
        "title": title(),
        "summary": ". ".join(title() for _ in range(5)),
        "language": "en",
        "number": 1,
        "published_on": datetime(2026, 8, 1, tzinfo=UTC),
        "address": ADDRESS,
        "school": SCHOOL,
        "cluster": {"id": random.choice(["stem", "arts", "energy"]), "name": title()},
        "pathway": {"name": title()},
        "table": {
            "columns": columns,
            "rows": [
                {"subject": subject, "name": name, "cells": [cell(most) for _ in columns]}
                for subject, name, most in rows
            ],
        },
        "exits": [
            {
                "name": title(),
                "ways": [way | {"place": title(), "length": "2 years"} for way in titles(1)],
                "credentials": titles(2),
                "occupations": [job | {"pay": "$48,120"} for job in titles(3)],
            }
            for _ in range(5)
        ],
        "activities": titles(2),
        "organizations": titles(1),
        "work": titles(2),
        "skills": titles(3),
        "standards": [],
        "partners": [title() for _ in range(2 * times)],
        "college_credit": [{"course": title(), "college_course": title()}],
        "contact": {"name": title(), "role": title(), "email": "a@b.example", "phone": "555-0100"},
        "has_local": False,
    }


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    main(*(given + [100, 20261122][len(given) :]))
