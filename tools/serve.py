"""Prepare the demo database and serve it; the second half of ``make run``.

``DEMO`` names the district, Georgia's by default. Each has a database of its own below ``var/``; in
one that ``DATABASE_URL`` names they stand side by side. A database that is there is migrated and
kept. The key of this machine lives in ``var/`` too, which is not part of the repository.
"""

from __future__ import annotations

import argparse
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from pathloom.portal.demo.actions.district import DEMOS, GEORGIA, PASSWORD, demo

ROOT = Path(__file__).resolve().parents[1]


def demo_district() -> str:
    """The demo district that is asked for."""
    asked = os.environ.get("DEMO") or GEORGIA
    if asked not in DEMOS:
        sys.exit(f"run: there is no demo district '{asked}'. Set DEMO to {' or '.join(DEMOS)}.")
    return asked


def settings(district: str) -> None:
    own = ROOT / "var" if district == GEORGIA else ROOT / "var" / district
    var = Path(os.environ.setdefault("PATHLOOM_VAR", str(own)))
    var.mkdir(exist_ok=True, parents=True)
    key = var / "secret-key"
    if not key.exists():
        key.touch(mode=0o600)
        key.write_text(secrets.token_urlsafe(50))
    os.environ.setdefault("SECRET_KEY", key.read_text())
    os.environ.setdefault("PATHLOOM_DEMO", "true")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pathloom.portal.config.settings")


def refuse_a_busy_port(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            sys.exit(
                f"run: {host}:{port} cannot be used ({error.strerror}). "
                f"Choose another port: make run PORT={port + 1}"
            )


def prepare(district: str, *, reset: bool) -> None:
    import django
    from django.core.management import call_command

    django.setup()
    if reset:
        from django.db import connection

        if connection.vendor == "sqlite":
            name = str(connection.settings_dict["NAME"])
            for suffix in ("", "-wal", "-shm"):
                Path(name + suffix).unlink(missing_ok=True)
        else:
            with connection.cursor() as cursor:
                cursor.execute("DROP SCHEMA public CASCADE")
                cursor.execute("CREATE SCHEMA public")
            connection.close()
    call_command("migrate", verbosity=0)
    call_command("load_demo", district=district)
    call_command("collectstatic", interactive=False, verbosity=0)


def welcome(district: str, host: str, port: int) -> None:

    shown = "127.0.0.1" if host == "0.0.0.0" else host
    print(f"\nPathloom is at http://{shown}:{port}/\n")
    print(f"Sign in at http://{shown}:{port}/sign-in/ with one of these (password: {PASSWORD}):")
    for person in demo(district).sign_ins:
        print(f"  {person.role:<16} {person.username:<20} {person.note}")
    print("\nCtrl+C stops the server; the data stay. `make demo-reset` starts over.\n", flush=True)


def work_beside(server: int) -> None:
    """Keep a worker running for as long as the process ``server`` is our parent."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    words = [sys.executable, "-m", "django", "work_on_plans", "--alone", "--verbosity", "0"]
    worker = subprocess.Popen(words)
    try:
        while os.getppid() == server:
            time.sleep(0.3)
            if worker.poll() is not None:
                time.sleep(1)
                worker = subprocess.Popen(words)
    except KeyboardInterrupt:
        return
    finally:
        worker.terminate()
        try:
            worker.wait(timeout=5)
        except subprocess.TimeoutExpired:
            worker.kill()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reset", action="store_true", help="drop the data and load them anew")
    parser.add_argument("--work-beside", type=int, metavar="PID", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    reset = asked.reset
    district = demo_district()
    settings(district)
    if asked.work_beside:
        work_beside(asked.work_beside)
        return
    host, port = os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "8000"))
    if not reset:
        refuse_a_busy_port(host, port)
    prepare(district, reset=reset)
    if reset:
        print("The demo data are fresh. `make run` serves them.")
        return
    welcome(district, host, port)
    # The server takes the place of this process and stays the parent of the worker's keeper.
    subprocess.Popen([sys.executable, __file__, "--work-beside", str(os.getpid())])
    granian = str(Path(sys.executable).with_name("granian"))
    words = [granian, "--interface", "wsgi", "--host", host, "--port", str(port)]
    words += ["--workers", "1", "--blocking-threads", "4", "--no-access-log", "--log-level"]
    os.execv(granian, [*words, "warning", "pathloom.portal.config.wsgi:application"])


if __name__ == "__main__":
    main()
