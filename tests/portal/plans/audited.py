"""The audit page as a person opens it, and what stands on it."""

from __future__ import annotations

import html
import re
from typing import Any

from django.test import Client
from django.urls import reverse

from tests.portal.records.cast import Cast

WHY = "The old school had no drill room."
MEANT = {"kind": "excuse", "at": "fitness", "why": WHY}


def visitor(cast: Cast, name: str) -> Client:
    client = Client()
    client.force_login(cast.user(name))
    return client


def address(cast: Cast, name: str = "audit", student: str = "mira") -> str:
    return reverse(f"plans:{name}", args=[cast.students[student].pk])


def see(cast: Cast, who: str = "carla", query: str = "", student: str = "mira") -> Any:
    return visitor(cast, who).get(address(cast, student=student) + query)


def send(cast: Cast, who: str = "pia", **fields: str) -> Any:
    return visitor(cast, who).post(address(cast, "exceptions"), MEANT | {"do": "save"} | fields)


def words(response: Any) -> str:
    text = re.sub(
        r"<(script|style|title)[^>]*>.*?</\1>", " ", response.content.decode(), flags=re.S
    )
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)))


def rows(response: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    waiting = list(response.context["page"]["rows"])
    while waiting:
        row = waiting.pop()
        found[row["id"]] = row
        waiting += row["parts"]
    return found


def courses(response: Any) -> dict[str, Any]:
    return {row["title"]: row for row in response.context["page"]["courses"]}
