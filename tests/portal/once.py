"""People and places made once for a module of tests, and for each test as they were."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

T = TypeVar("T")


@contextmanager
def made_once(make: Callable[[], T], blocker: DjangoDbBlocker) -> Iterator[T]:
    """Make it in a transaction around those of the tests; nothing of it is left at the end.

    A test that commits cannot stand in such a module's fixture: it makes its own.
    """
    with blocker.unblock(), transaction.atomic():
        try:
            yield make()
        finally:
            transaction.set_rollback(True)
