"""Awards: what they say, and that none leads back to itself."""

from __future__ import annotations

from pathloom.engine.errors import Location
from pathloom.engine.record import CourseRecord, State
from pathloom.engine.rules.matchers import matches, normal_number
from pathloom.engine.rules.syntax import AwardSyntax, VersionSyntax
from pathloom.engine.rules.values import matcher_of
from pathloom.engine.rules.words import Words


def check_awards(
    version: VersionSyntax, here: Location, words: Words, seen: dict[str, int]
) -> None:
    """Add the mistakes of the awards of a version; ``seen`` are the ids so far, with lines."""
    for index, award in enumerate(version.awards):
        _check_one(award, (*here, "awards", index), words, seen)
    leads = {
        award.id: [other.id for other in version.awards if _can_lead(award, other)]
        for award in version.awards
    }
    order = [award.id for award in version.awards]
    for index, award in enumerate(version.awards):
        circle = _circle(award.id, leads)
        place = (*here, "awards", index)
        if circle and min(circle, key=order.index) == award.id:
            words.say(
                place,
                f"award '{award.id}' leads back to itself: {' -> '.join([*circle, award.id])}",
                "Let the course it grants match none of them.",
            )
        for other in leads[award.id]:
            if order.index(other) < index and not circle:
                words.say(
                    place,
                    f"award '{other}' builds on award '{award.id}', which stands after it",
                    f"Write '{award.id}' first.",
                )


def _check_one(award: AwardSyntax, place: Location, words: Words, seen: dict[str, int]) -> None:
    words.unique("award", award.id, (*place, "id"), seen)
    words.declared("source", award.source, (*place, "source"))
    written = award.model_fields_set
    if award.have is not None and {"when", "at_least"} & written:
        words.say(place, f"award '{award.id}' has both when and have", "Keep one of them.")
    elif award.have is not None:
        words.have(award.have, (*place, "have"), f"award '{award.id}'")
    else:
        words.matcher(award.when, (*place, "when"))
        if "when" not in written:
            words.say(
                place,
                f"award '{award.id}' does not say what earns it",
                "Add when and at_least, or have.",
            )
        elif not award.at_least:
            words.say(
                place,
                f"award '{award.id}' does not say how much earns it",
                "Add at_least with the least credit of the course.",
            )
    words.declared("subject", award.grant.subject, (*place, "grant", "subject"))
    for tag in award.grant.tags:
        words.tag(tag, (*place, "grant", "tags"))
    words.number(award.grant.number, (*place, "grant", "number"))


def _can_lead(award: AwardSyntax, other: AwardSyntax) -> bool:
    """Whether the course that an award grants can count toward another award."""
    granted = CourseRecord(
        id=award.id,
        credits=award.grant.credits,
        state=State.EARNED,
        title=award.grant.title,
        number=normal_number(award.grant.number),
        subject=award.grant.subject,
        tags=frozenset(award.grant.tags),
    )
    if other.have is not None:
        return matches(matcher_of(other.have.match), granted)
    if not other.at_least or granted.credits < other.at_least:
        return False
    return matches(matcher_of(other.when), granted)


def _circle(start: str, leads: dict[str, list[str]]) -> list[str]:
    """Return the shortest way from an award back to it, as ids; empty where there is none."""
    ways = [[start]]
    reached = {start}
    while ways:
        longer = []
        for way in ways:
            for step in leads[way[-1]]:
                if step == start:
                    return way
                if step not in reached:
                    reached.add(step)
                    longer.append([*way, step])
        ways = longer
    return []
