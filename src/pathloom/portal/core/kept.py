"""Public pages and what they are made of, kept in the process until something public changes."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from threading import Lock
from typing import ParamSpec, TypeVar

from django.http import HttpRequest, HttpResponse

from pathloom.portal.core.models import ChainHead

P = ParamSpec("P")
T = TypeVar("T")
Stamp = tuple[str, ...]

KEPT_BYTES = 48_000_000  # of one process
LARGEST = 400_000
# What no action writes (a day that ends, an operator at the database) is looked for after so long.
LONGEST_SECONDS = 60.0

_STAMP: ContextVar[Stamp] = ContextVar("stamp", default=())


def newest_stamp() -> Stamp:
    """What every action changes that can change a public page; one query.

    Each action writes one event in its own transaction, and the end of a district's chain is a row
    that writers take turns at. So pages that were made at one stamp are the same as long as it
    stands, in every process. No head at all: nothing can be said, and nothing is kept.
    """
    return tuple(ChainHead.objects.order_by("district_id").values_list("public", flat=True))


def set_stamp(stamp: Stamp) -> None:
    """From here on ``while_unchanged`` keeps what is found, until the ``at_stamp`` around ends."""
    _STAMP.set(stamp)


@contextmanager
def at_stamp(stamp: Stamp) -> Iterator[None]:
    """Within it, ``while_unchanged`` keeps what is found; with no stamp it keeps nothing."""
    token = _STAMP.set(stamp)
    try:
        yield
    finally:
        _STAMP.reset(token)


def while_unchanged(
    most: int, *, by: Callable[..., Hashable] = lambda *args: args
) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Keep what a query finds until something public changes; only while a public page is made.

    For answers that nobody changes.

    Args:
        most: so many answers are kept.
        by: what of the arguments the answer depends on.
    """

    def decorate(find: Callable[P, T]) -> Callable[P, T]:
        answers: OrderedDict[Hashable, T] = OrderedDict()
        lock = Lock()

        @wraps(find)
        def found(*args: P.args, **kwargs: P.kwargs) -> T:
            stamp = _STAMP.get()
            if not stamp:
                return find(*args, **kwargs)
            minute = time.monotonic() // LONGEST_SECONDS
            key = (stamp, minute, by(*args, **kwargs))
            with lock:
                if key in answers:
                    answers.move_to_end(key)
                    return answers[key]
            answer = find(*args, **kwargs)
            with lock:
                answers[key] = answer
                if len(answers) > most:
                    answers.popitem(last=False)
            return answer

        return found

    return decorate


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A public page as it was answered."""

    stamp: Stamp
    until: float
    content: bytes
    headers: tuple[tuple[str, str], ...]

    def answer(self) -> HttpResponse:
        return HttpResponse(self.content, headers=dict(self.headers))


class KeptPages:
    """Pages by their address, the one that was not asked for longest goes first."""

    def __init__(self, *, most_bytes: int = KEPT_BYTES) -> None:
        self.most_bytes = most_bytes
        self.bytes = 0
        self.pages: OrderedDict[str, KeptPage] = OrderedDict()
        self.lock = Lock()

    def find(self, address: str, stamp: Stamp) -> KeptPage | None:
        """The page, as long as nothing public changed since it was made."""
        with self.lock:
            page = self.pages.get(address)
            if page is None or page.stamp != stamp or page.until < time.monotonic():
                return None
            self.pages.move_to_end(address)
            return page

    def keep(self, address: str, page: KeptPage) -> None:
        if len(page.content) > LARGEST:
            return
        with self.lock:
            before = self.pages.pop(address, None)
            self.bytes += len(page.content) - (len(before.content) if before else 0)
            self.pages[address] = page
            while self.bytes > self.most_bytes:
                self.bytes -= len(self.pages.popitem(last=False)[1].content)


def address_of(request: HttpRequest) -> str:
    """What a public page depends on besides data: scheme, host, path and query."""
    return request.build_absolute_uri()


def page_of(response: HttpResponse, *, stamp: Stamp) -> KeptPage:
    """A page as it can be answered again."""
    return KeptPage(
        stamp=stamp,
        until=time.monotonic() + LONGEST_SECONDS,
        content=response.content,
        headers=tuple(response.headers.items()),
    )
