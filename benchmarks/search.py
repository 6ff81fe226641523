"""A search over everything as a page: 3 schools, 60 programs, every occupation.

Words of titles, with and without a typo, whole titles, Spanish words, and what fits nothing, each
asked everywhere and at a school, one after another. Run: ``python benchmarks/search.py [SEED]``;
everything is made in a temporary database.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from random import Random
from time import perf_counter, process_time

import portal
import report

SEED, EACH = 20261122, 60
Took = tuple[float, float]
SPANISH = ("salud", "matemáticas", "ingeniería", "agricultura", "negocios", "educacion")
NOTHING = ("zzzz", "qwertyuiop", "xylophonists of mars")


def searches(random: Random) -> dict[str, list[str]]:
    """Kind of search -> what is asked."""
    from pathloom.engine.occupations import load_occupations
    from pathloom.portal.catalog.models import Course

    titles = [each.title for each in load_occupations().occupations]
    titles += Course.objects.values_list("title", flat=True)
    chosen = [random.choice(titles) for _ in range(EACH)]
    words = [max(title.split(), key=len).strip(",") for title in chosen]
    return {
        "a word": words,
        "a word with a typo": [wrong(word, random) for word in words],
        "the first letters of a word": [word[:4] for word in words],
        "one letter": list("abcdefghijklmnopqrstuvwxyz"),
        "a whole title": [title[:80] for title in chosen],
        "a whole title with a typo": [wrong(title[:79], random) for title in chosen],
        "Spanish words": [random.choice(SPANISH) for _ in range(EACH)],
        "what fits nothing": [random.choice(NOTHING) for _ in range(EACH)],
    }


def wrong(text: str, random: Random) -> str:
    """The text with one letter left out, or swapped with the next."""
    place = random.randrange(1, max(2, len(text) - 1))
    before, here, after = text[:place], text[place : place + 1], text[place + 1 :]
    return random.choice([before + after, before + after[:1] + here + after[1:]])


def main() -> None:
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else SEED
    random = Random(seed)
    with tempfile.TemporaryDirectory(prefix="pathloom-search-") as folder:
        (Path(folder) / "static").mkdir()
        portal.settings(folder)
        portal.load()
        from django.test import Client

        from pathloom.portal.accounts.models import School

        client = Client(headers={"host": "127.0.0.1"})
        addresses = ["/search/", f"/schools/{School.objects.order_by('pk')[0].slug}/"]
        rows = [row("the first of a process", [timed(client, "/search/", "nurse")] * 2)]
        timed(client, addresses[1], "nurse")
        taken: dict[str, list[Took]] = {
            kind: [timed(client, address, text) for address in addresses for text in texts]
            for kind, texts in searches(random).items()
        }
        taken["all"] = [each for times in taken.values() for each in times]
        rows += [row(kind, times) for kind, times in taken.items()]
    report.write("Search over everything", rows, seed=seed)


def timed(client: object, address: str, text: str) -> Took:
    """Milliseconds until the page of a search is there, and those of the processor."""
    start, busy = perf_counter(), process_time()
    answer = client.get(address, {"q": text})  # type: ignore[attr-defined]
    took = (perf_counter() - start) * 1000, (process_time() - busy) * 1000
    assert answer.status_code == 200, (address, text, answer.status_code)
    return took


def row(kind: str, times: list[Took]) -> dict[str, str]:
    return {
        "search": kind,
        "asked": str(len(times)),
        "p95": f"{portal.p95([took for took, _worked in times]):.1f} ms",
        "p95 of the processor": f"{portal.p95([worked for _took, worked in times]):.1f} ms",
        **report.spread([took for took, _worked in times]),
    }


if __name__ == "__main__":
    main()
