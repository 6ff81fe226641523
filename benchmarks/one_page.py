"""The one-page PDF of a program of study: the usual length, and every list twenty times as long.

Run: ``python benchmarks/one_page.py [COUNT] [SEED]``.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from random import Random
from time import perf_counter
from typing import Any

import django
import report
from django.conf import settings

ADDRESS = "https://portal.example/schools/example-high/programs/example/"
SUBJECTS = ("English", "Mathematics", "Science", "Social studies", "Health", "World languages")
WORDS = ("advanced", "applied", "design", "systems", "principles", "history", "science", "modern")


def main(count: int, seed: int) -> None:
    settings.configure(USE_I18N=False, USE_TZ=True)
    django.setup()
    rows = [
        {"what": name, "pages": str(count)} | report.spread(measured(count, seed, times=times))
        for name, times in (("usual length", 1), ("lists twenty times as long", 20))
    ]
    report.write("One page", rows, seed=seed)


def measured(count: int, seed: int, *, times: int) -> list[float]:
    """Milliseconds for each of ``count`` generated pages, after one that is not counted."""
    from pathloom.portal.programs.pdf import one_page

    random = Random(seed)
    pages = [generated(random, times) for _ in range(count)]
    one_page(pages[0], address=ADDRESS)
    taken = []
    for page in pages:
        started = perf_counter()
        one_page(page, address=ADDRESS)
        taken.append((perf_counter() - started) * 1000)
    return taken


def generated(random: Random, times: int) -> dict[str, Any]:
    """A program page as ``presenters.program.program_page`` makes it."""

    def title() -> str:
        return " ".join(random.choices(WORDS, k=random.randint(2, 6))).capitalize()

    def courses(most: int) -> list[dict[str, Any]]:
        number = random.randint(1, most) * times
        return [{"title": title(), "credits": "1.0", "local": False} for _ in range(number)]

    def titles(most: int) -> list[dict[str, str]]:
        return [{"title": title()} for _ in range(random.randint(1, most) * times)]

    def ways() -> list[dict[str, str]]:
        return [way | {"place": title(), "length": "2 years"} for way in titles(1)]

    return {
        "title": title(),
        "summary": ". ".join(title() for _ in range(5)),
        "number": 1,
        "published_on": datetime(2026, 8, 1, tzinfo=UTC),
        "school": {"name": "Example High School", "district": "Example Schools"},
        "cluster": {"id": random.choice(["stem", "arts", "energy"]), "name": title()},
        "pathway": {"name": title()},
        "columns": [
            {
                "title": f"Grade {grade}",
                "steps": [{"courses": courses(1), "required": grade < 12}],
                "rows": [{"courses": courses(2)} for _ in SUBJECTS],
            }
            for grade in range(9, 13)
        ],
        "subjects": list(SUBJECTS),
        "exits": [
            {
                "name": title(),
                "ways": ways(),
                "credentials": titles(2),
                "occupations": titles(4),
            }
            for _ in range(5)
        ],
        "activities": titles(3),
        "partners": [title() for _ in range(3 * times)],
        "contact": {"name": title(), "role": title(), "email": "a@b.example", "phone": "555-0100"},
        "has_local": False,
    }


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    main(*(given + [100, 20261122][len(given) :]))
