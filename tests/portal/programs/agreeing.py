"""Writing a draft of agreements with colleges through its pages, for tests."""

from __future__ import annotations

import html
import re
from typing import Any

from django.test import Client
from django.utils import timezone

from pathloom.portal.programs.actions import agreements as actions
from pathloom.portal.programs.models import CollegeAgreements
from pathloom.portal.programs.queries.agreements import seen_hash
from tests.portal.records.cast import Cast, set_the_stage

DRAFT = "/agreements/2/"


def agreed(content: dict[str, Any]) -> Cast:
    """Everybody, where version 1 holds, written by Tess and published by Dana."""
    cast = set_the_stage()
    first = CollegeAgreements.objects.create(
        district=cast.high.district,
        number=1,
        content=content,
        author=cast.user("tess"),
        submitted_at=timezone.now(),
    )
    actions.publish_agreements(first, by=cast.user("dana"), seen=seen_hash(first))
    return cast


def visitor(cast: Cast, name: str) -> Client:
    client = Client()
    client.force_login(cast.user(name))
    return client


def begun(cast: Cast) -> Client:
    """Pia, who has begun version 2."""
    client = visitor(cast, "pia")
    assert client.post("/agreements/start/").headers["Location"] == DRAFT
    return client


def draft() -> CollegeAgreements:
    return CollegeAgreements.objects.get(number=2)


def seen() -> dict[str, str]:
    return {"seen": seen_hash(draft())}


def send(client: Client, address: str, **fields: Any) -> Any:
    return client.post(address, seen() | fields, follow=True)


def words(response: Any) -> str:
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return html.unescape(re.sub(r"\s+", " ", text))
