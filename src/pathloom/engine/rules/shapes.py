"""What belongs together in one requirement: its shape, its parts, its alternatives."""

from __future__ import annotations

from collections.abc import Collection

from pathloom.engine.errors import Location, nearest
from pathloom.engine.page import Plain
from pathloom.engine.rules.syntax import RequirementSyntax
from pathloom.engine.rules.words import Words
from pathloom.engine.units import Credits, format_credits

CONDITIONS = ("have", "hours", "times", "exam", "gpa", "done")

_RESERVED = frozenset({"status", "total"})
_OF_CREDIT = ("include", "also_counts", "instead", "same", "among", "on_track")
_WITH_AMOUNT = ("hours", "times", "exam", "gpa")


def shape_of(each: RequirementSyntax) -> str:
    """Return ``credit``, ``choice`` or the key of its condition; empty where that is not clear."""
    shapes = _shapes(each)
    return shapes[0] if len(shapes) == 1 else ""


def earns(each: RequirementSyntax) -> bool:
    """Whether a requirement, or every alternative of a choice, earns credit."""
    return bool(each.earn) or shape_of(each) == "credit"


def _shapes(each: RequirementSyntax) -> list[str]:
    written = each.model_fields_set
    choice = bool({"choose", "of"} & written)
    credit = "match" in written or ("earn" in written and not choice)
    found = [key for key in CONDITIONS if getattr(each, key) is not None]
    if credit and not (found and "match" not in written):
        found.insert(0, "credit")
    return [*found, "choice"] if choice else found


class Shapes:
    """Checks one requirement after the other; ``ids`` are those of its version."""

    def __init__(self, words: Words, ids: Collection[str]) -> None:
        self.words = words
        self.ids = ids

    def requirement(self, each: RequirementSyntax, here: Location) -> None:
        """Check everything that one requirement says itself; its parts are checked on their own."""
        self.words.declared("source", each.source, (*here, "source"))
        self.id(each, here)
        shape = self.shape(each, here)
        if shape == "credit":
            self.credit(each, here)
        elif shape == "choice":
            self.choice(each, here)
        elif shape:
            self.condition(each, here)
        self.tracks(each, here)
        for index, part in enumerate(each.include):
            if shape_of(part) and not earns(part):
                self.words.say(
                    (*here, "include", index),
                    f"'{part.id}' is a part of '{each.id}' and earns no credit",
                    "Parts earn credit: write it as a requirement of its own.",
                )

    def id(self, each: RequirementSyntax, here: Location) -> None:
        if each.id in _RESERVED:
            self.words.say(
                (*here, "id"),
                f"'{each.id}' cannot be the id of a requirement",
                "It names the whole in audits and cases: choose another id.",
            )
        for old in sorted(set(each.was) & set(self.ids)):
            self.words.say(
                (*here, "was"),
                f"'{old}' is the id of a requirement of today",
                "Ids are never used again: give the new requirement another id.",
            )

    def shape(self, each: RequirementSyntax, here: Location) -> str:
        shapes = _shapes(each)
        if not shapes:
            self.words.say(
                here,
                f"requirement '{each.id}' asks for nothing",
                f"Write earn and from, choose and of, or one of {', '.join(CONDITIONS)}.",
            )
        if len(shapes) > 1:
            names = {"credit": "earn with from", "choice": "choose with of"}
            kinds = " and ".join(names.get(shape, shape) for shape in shapes)
            self.words.say(
                here,
                f"requirement '{each.id}' is of more than one kind: {kinds}",
                "Keep one, or write two requirements.",
            )
            return ""
        shape = shapes[0] if shapes else ""
        if shape and shape not in ("credit", "choice") and each.earn is not None:
            self.words.say(
                (*here, "earn"),
                f"requirement '{each.id}' is a condition and earns no credit",
                "Delete earn.",
            )
        for key in _OF_CREDIT:
            if shape != "credit" and getattr(each, key):
                self.words.say(
                    (*here, key),
                    f"'{key}' has no meaning in requirement '{each.id}'",
                    "It belongs to a requirement with earn and from.",
                )
        return shape

    def credit(self, each: RequirementSyntax, here: Location) -> None:
        self.words.matcher(each.match, (*here, "from"))
        if each.earn is None:
            self.words.say(here, f"'earn' is missing in requirement '{each.id}'", "Add 'earn'.")
        if "match" not in each.model_fields_set:
            self.words.say(
                here,
                f"'from' is missing in requirement '{each.id}'",
                "Add 'from'; write from: any where every course can count.",
            )
        parts, earn = sum(part.earn or 0 for part in each.include), each.earn or 0
        if parts > earn:
            self.words.say(
                (*here, "include"),
                f"the parts of requirement '{each.id}' add up to {_amounts(parts, earn)}",
                "Parts are part of 'earn', never on top of it: correct one of them.",
            )
        if each.earn == 0:
            self.words.say(
                (*here, "earn"),
                f"requirement '{each.id}' needs no credit",
                "Write how much it needs, or delete it.",
            )
        if each.same is not None:
            self.words.declared("family", each.same, (*here, "same"))
        self.words.among(each.among, here, f"requirement '{each.id}'", most=(earn, 0))
        self.also_counts(each, here)
        for index, other in enumerate(each.instead):
            place = (*here, "instead", index)
            self.words.declared("source", other.source, (*place, "source"))
            self.words.matcher(other.match, (*place, "from"))

    def choice(self, each: RequirementSyntax, here: Location) -> None:
        for key in ("choose", "of"):
            if not getattr(each, key):
                self.words.say(
                    here, f"'{key}' is missing in requirement '{each.id}'", f"Add '{key}'."
                )
        if not each.of or not each.choose:
            return
        if isinstance(each.choose, int) and each.choose > len(each.of):
            self.words.say(
                (*here, "choose"),
                f"choice '{each.id}' asks for {each.choose} of {len(each.of)} alternatives",
                "Choose as many as there are at the most.",
            )
        amounts = {other.earn or 0 for other in each.of if earns(other)}
        if amounts and not all(earns(other) for other in each.of):
            self.words.say(
                (*here, "of"),
                f"some alternatives of choice '{each.id}' earn credit and some do not",
                "Let all of them earn the same credit, or none any.",
            )
        elif len(amounts) > 1:
            unequal = " and ".join(format_credits(amount) for amount in sorted(amounts))
            self.words.say(
                (*here, "of"),
                f"the alternatives of choice '{each.id}' earn {unequal}",
                "Let all of them earn the same credit, or none any.",
            )
        else:
            self.choice_earns(each, amounts.pop() if amounts else 0, here)

    def choice_earns(self, each: RequirementSyntax, amount: Credits, here: Location) -> None:
        count = len(each.of) if each.choose == "all" else int(each.choose or 0)
        needed = count * amount
        if (each.earn or 0) == needed:
            return
        if not amount:
            self.words.say(
                (*here, "earn"),
                f"choice '{each.id}' earns credit, its alternatives earn none",
                "Delete earn.",
            )
            return
        self.words.say(
            (*here, "earn"),
            f"{count} of the alternatives of choice '{each.id}' earn {format_credits(needed)}, "
            f"earn says {format_credits(each.earn or 0)}",
            f"Write earn: {format_credits(needed)}.",
        )

    def condition(self, each: RequirementSyntax, here: Location) -> None:
        owner = f"requirement '{each.id}'"
        if each.have is not None:
            self.words.have(each.have, (*here, "have"), owner)
        for key in _WITH_AMOUNT:
            amount = getattr(each, key)
            if amount is None:
                continue
            names = (amount.of,) if isinstance(amount.of, str) else amount.of
            self.words.names(names, (*here, key, "of"))
            if not amount.at_least:
                self.words.say(
                    (*here, key, "at_least"),
                    f"{owner} needs nothing",
                    "Write how much it needs, or delete it.",
                )
        self.words.names(each.done or (), (*here, "done"))

    def tracks(self, each: RequirementSyntax, here: Location) -> None:
        named = [
            *(
                (other.track, other.source, ("on_track", n))
                for n, other in enumerate(each.on_track)
            ),
            *((other.track, other.source, ("exempt", n)) for n, other in enumerate(each.exempt)),
        ]
        for index, (track, source, step) in enumerate(named):
            place = (*here, *step)
            self.words.declared("track", track, (*place, "track"))
            self.words.declared("source", source, (*place, "source"))
            if track in (before for before, _, _ in named[:index]):
                self.words.say(
                    place,
                    f"requirement '{each.id}' speaks of track '{track}' twice",
                    "Keep one of them.",
                )
        for index, other in enumerate(each.on_track):
            self.words.matcher(other.match, (*here, "on_track", index, "from"))

    def also_counts(self, each: RequirementSyntax, here: Location) -> None:
        for other in each.also_counts:
            if other not in self.ids:
                self.words.say(
                    (*here, "also_counts"),
                    f"also_counts of requirement '{each.id}' names unknown requirement '{other}'",
                    nearest(other, self.ids),
                )
            elif other in self.around(here):
                whole = "itself" if other == each.id else f"'{other}', of which it is a part"
                self.words.say(
                    (*here, "also_counts"),
                    f"also_counts of requirement '{each.id}' names {whole}",
                    "Name the other requirement in which a course counts a second time.",
                )

    def around(self, here: Location) -> set[Plain]:
        """The ids of a requirement and of those that it is a part of."""
        things = (self.words.page.at(here[:end]) for end in range(len(here), 3, -2))
        return {thing.get("id") for thing in things if isinstance(thing, dict)}


def _amounts(parts: Credits, whole: Credits) -> str:
    return f"{format_credits(parts)}, it earns {format_credits(whole)}"
