"""A database that several threads can write at once, and a race with a common start."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier, Thread
from typing import TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections

T = TypeVar("T")


@contextmanager
def shared_database(folder: Path) -> Iterator[None]:
    """Let threads meet in one database.

    PostgreSQL is one already. The test database of SQLite lives in memory, where a second
    connection gets "table is locked" instead of waiting; so it is copied to a file that is
    opened with the settings of service.
    """
    if connection.vendor != "sqlite" or not connection.is_in_memory_db():
        yield
        return
    memory = connections[DEFAULT_DB_ALIAS]
    settings = connections.settings[DEFAULT_DB_ALIAS]
    name = settings["NAME"]
    copy_to(folder / "race.sqlite3")
    settings["NAME"] = str(folder / "race.sqlite3")
    connections[DEFAULT_DB_ALIAS] = connections.create_connection(DEFAULT_DB_ALIAS)
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS].close()
        settings["NAME"] = name
        connections[DEFAULT_DB_ALIAS] = memory


def copy_to(path: Path) -> None:
    """Copy the open SQLite database to a file, page by page."""
    import sqlite3

    connection.ensure_connection()
    with sqlite3.connect(path) as target:
        connection.connection.backup(target)
    target.close()


def race(runners: Sequence[Callable[[], T]]) -> list[T | Exception]:
    """Run all at once from one start; what each returned or raised, in their order."""
    start = Barrier(len(runners))
    results: list[T | Exception | None] = [None] * len(runners)

    def run(index: int) -> None:
        try:
            start.wait(timeout=30)
            results[index] = runners[index]()
        except Exception as error:  # noqa: BLE001 - handed to the test, which judges it
            results[index] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=(index,)) for index in range(len(runners))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert not any(thread.is_alive() for thread in threads)
    return [result for result in results if result is not None]
