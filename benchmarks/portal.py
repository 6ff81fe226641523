"""Server time and weight of public pages: 3 schools, 60 programs, every occupation, 50 a second.

Pages are asked for at a steady pace by two processes, each page in turn, in English and Spanish;
the time is that of the answer alone. Run:
``python benchmarks/portal.py [SECONDS] [SEED]``; everything is made in a temporary database.
"""

from __future__ import annotations

import gzip
import os
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from random import Random
from time import perf_counter, process_time, sleep

import report

SECONDS, SEED = 10, 20261122
A_SECOND, PROCESSES = 50, 2
PROGRAMS, SCHOOLS = 60, 3
Asked = tuple[str, float, float, int]


def settings(folder: str) -> None:
    os.environ |= {
        "SECRET_KEY": "benchmark",
        "PATHLOOM_DEMO": "true",
        "PATHLOOM_VAR": folder,
        "DATABASE_URL": f"sqlite:///{folder}/portal.sqlite3",
        "DJANGO_SETTINGS_MODULE": "pathloom.portal.config.settings",
    }
    import django

    django.setup()


def load() -> None:
    """The demo district, and its programs again until there are enough, in three schools."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("load_demo")
    call_command("collectstatic", interactive=False, verbosity=0)
    from pathloom.portal.accounts.models import School
    from pathloom.portal.programs.models import ProgramOfStudy, ProgramVersion, Publication

    published = list(
        ProgramVersion.objects.filter(publication__isnull=False, program__school__isnull=False)
        .select_related("program")
        .order_by("pk")
    )
    schools = list(School.objects.order_by("pk"))[:SCHOOLS]
    for number in range(len(published), PROGRAMS):
        version = published[number % len(published)]
        program = version.program
        program.pk, program.slug = None, f"{program.slug[:60]}-{number}"
        program.school = schools[number % SCHOOLS]
        program.save()
        version.pk, version.program = None, program
        version.title = f"{version.title} {number}"
        version.save()
        Publication.objects.create(program=program, version=version)
    assert ProgramOfStudy.objects.count() >= PROGRAMS


def addresses() -> dict[str, list[str]]:
    """The public pages by kind: of every kind some, and Spanish beside English."""
    from pathloom.engine.occupations import load_occupations
    from pathloom.portal.accounts.models import School
    from pathloom.portal.catalog.models import Course
    from pathloom.portal.programs.models import ProgramVersion

    first, *others = School.objects.order_by("pk")[:SCHOOLS]
    schools = [f"/schools/{school.slug}/" for school in (first, *others)]
    codes = list(Course.objects.filter(offerings__school=first).values_list("code"))
    programs = ProgramVersion.objects.filter(
        publication__isnull=False, program__school__isnull=False
    ).values_list("program__school__slug", "program__slug")
    occupations = [each.code for each in load_occupations().occupations]
    found = {
        "school": schools,
        "from A to Z": [f"{school}a-to-z/" for school in schools],
        "courses": [f"{school}courses/" for school in schools],
        "course": [f"{schools[0]}courses/{code}/" for (code,) in codes],
        "program": [f"/schools/{school}/programs/{slug}/" for school, slug in programs],
        "search": [f"{schools[0]}?q={words}" for words in ("engineer", "health", "zzzz")],
        "schools": ["/schools/"],
        "framework": ["/careers/", "/careers/georgia/", "/careers/national-2008/"],
        "cluster": ["/careers/georgia/stem/", "/careers/georgia/health-science/"],
        "occupations": ["/careers/occupations/", "/careers/occupations/?q=nurse"],
        "occupation": [f"/careers/occupations/{code}/" for code in occupations],
    }
    return {kind: [*pages, *(f"/es{page}" for page in pages)] for kind, pages in found.items()}


def walk(folder: str, asked: list[tuple[float, str, str]]) -> list[Asked]:
    """Ask for each page at its second; (kind, milliseconds, those of the processor, bytes)."""
    settings(folder)
    from django.test import Client

    client = Client(headers={"host": "127.0.0.1"})
    for _at, _kind, page in asked[:40]:
        client.get(page)
    begin, found = perf_counter(), []
    for at, kind, page in asked:
        sleep(max(0.0, begin + at - perf_counter()))
        start, busy = perf_counter(), process_time()
        answer = client.get(page)
        took, worked = (perf_counter() - start) * 1000, (process_time() - busy) * 1000
        assert answer.status_code == 200, (page, answer.status_code)
        assert not answer.cookies, page
        found.append((kind, took, worked, len(answer.content)))
    return found


def brought() -> int:
    """Bytes of what the heaviest page brings besides itself, as the browser gets them."""
    from django.contrib.staticfiles.storage import staticfiles_storage

    root = Path(staticfiles_storage.location)
    styles = [*root.glob("core/*.css"), *root.glob("programs/*.css")]
    hashed = [path for path in styles if path.name.count(".") == 2 and "gallery" not in path.name]
    fonts = [*root.glob("vendor/fonts/*-latin-[467]00-normal.*.woff2")]
    return sum(len(gzip.compress(path.read_bytes())) for path in hashed) + sum(
        path.stat().st_size for path in fonts
    )


def rows_of(found: list[Asked], besides: int) -> list[dict[str, str]]:
    rows = []
    for kind in [*dict.fromkeys(each[0] for each in found), "all"]:
        of_kind = [each for each in found if kind in (each[0], "all")]
        times = [took for _kind, took, _worked, _size in of_kind]
        size = max(size for _kind, _took, _worked, size in of_kind)
        row = {
            "pages": kind,
            "p95": f"{p95(times):.1f} ms",
            "p95 of the processor": f"{p95([each[2] for each in of_kind]):.1f} ms",
            "page": f"{size / 1000:.0f} kB",
            "with all it brings": f"{(size + besides) / 1000:.0f} kB",
        }
        rows.append(row | report.spread(times))
    return rows


def p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]


def main() -> None:
    given = [int(word) for word in sys.argv[1:]]
    seconds, seed = [*given, *(SECONDS, SEED)[len(given) :]]
    random = Random(seed)
    with tempfile.TemporaryDirectory(prefix="pathloom-portal-") as folder:
        (Path(folder) / "static").mkdir()
        settings(folder)
        load()
        kinds = addresses()
        each = [(kind, random.choice(kinds[kind])) for kind in kinds for _ in range(seconds * 5)]
        random.shuffle(each)
        asked = [(at / A_SECOND, *page) for at, page in enumerate(each[: seconds * A_SECOND])]
        shares = [asked[start::PROCESSES] for start in range(PROCESSES)]
        with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
            parts = pool.map(walk, [folder] * PROCESSES, shares)
            found = [each for part in parts for each in part]
        rows = rows_of(found, brought())
    report.write("Public pages", rows, seed=seed)


if __name__ == "__main__":
    main()
