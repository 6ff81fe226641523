"""Server time and queries of the student's home and the counselor's caseload, 400 students.

Each home is opened by another student of the demo district, as that student. Run:
``python benchmarks/home.py [COUNT] [SEED]``; the district is loaded into a temporary database.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from random import Random
from time import perf_counter

import report

COUNT, SEED = 200, 20261122
WARM_UP = 10
PAGES = {"student home": "/home/", "plan builder": "/plan/"}


def load(folder: Path) -> None:
    os.environ |= {
        "SECRET_KEY": "benchmark",
        "PATHLOOM_DEMO": "true",
        "PATHLOOM_VAR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder}/home.sqlite3",
        "PATHLOOM_STATIC_STORAGE": "django.contrib.staticfiles.storage.StaticFilesStorage",
        "DJANGO_SETTINGS_MODULE": "pathloom.portal.config.settings",
    }
    (folder / "static").mkdir()
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("load_demo")


def measure(people: list[str], address: str) -> dict[str, str]:
    """Open a page as each person in turn; the time is of the answer alone, sign-in excluded."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from pathloom.portal.accounts.models import User

    times, most = [], 0
    for place, name in enumerate(people):
        client = Client(headers={"host": "127.0.0.1"})
        client.force_login(User.objects.get(username=name))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            status = client.get(address).status_code
        assert status in {200, 302}, (name, address, status)
        most = max(most, len(queries))
        start = perf_counter()
        client.get(address)
        if place >= WARM_UP:
            times.append((perf_counter() - start) * 1000)
    ordered = sorted(times)
    return {
        "p95": f"{ordered[int(len(ordered) * 0.95)]:.1f} ms",
        "most queries": str(most),
        **report.spread(times),
    }


def main() -> None:
    count, seed = (int(word) for word in (*sys.argv[1:], str(COUNT), str(SEED))[:2])
    with tempfile.TemporaryDirectory(prefix="pathloom-home-") as name:
        load(Path(name))
        from pathloom.portal.records.models import Enrollment

        grades = Enrollment.objects.filter(ends_on__isnull=True, student__user__isnull=False)
        students = list(
            grades.filter(grade__gte=9)
            .order_by("student_id")
            .values_list("student__user__username", flat=True)
        )
        everybody = grades.count()
        chosen = Random(seed).sample(students, min(count, len(students)))
        rows = [
            {"page": page, "students": str(everybody), "opened": str(len(chosen) - WARM_UP)}
            | measure(chosen, address)
            for page, address in PAGES.items()
        ]
        counselor = measure(["rosa.ortiz"] * 60, "/caseload/?show=all")
        rows.append({"page": "caseload", "students": str(everybody), "opened": "50"} | counselor)
    report.write("Pages", rows, seed=seed)


if __name__ == "__main__":
    main()
