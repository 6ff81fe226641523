"""What is said about a rule set and a catalog that no student changes, made once for each."""

from __future__ import annotations

from dataclasses import dataclass, field

from pathloom.engine.catalog import Catalog, Course
from pathloom.engine.record import CourseRecord, State
from pathloom.engine.rules.describe import describe
from pathloom.engine.rules.matchers import predicate
from pathloom.engine.rules.nodes import AnyCourse, Have, Matcher, Requirement, RuleSet
from pathloom.engine.rules.slots import layout

_KEPT = 256


@dataclass(slots=True)
class Wording:
    """Sentences and lookups that depend on the rules (and the catalog) alone.

    ``places`` are the indexes of slots by requirement id, ``inside`` the ids of each requirement
    and its parts in file order, ``parts`` the same as sets, ``tops`` the outermost of each.
    """

    ruleset: RuleSet
    catalog: Catalog | None
    rules: dict[str, str]
    nodes: dict[str, Requirement]
    inside: dict[str, tuple[str, ...]]
    parts: dict[str, frozenset[str]]
    tops: dict[str, Requirement]
    places: dict[str, int]
    evidence: dict[str, str]
    _courses: dict[int, tuple[Course, ...]] = field(default_factory=dict)
    _ids: dict[str, frozenset[str]] = field(default_factory=dict)
    _rivals: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def title(self, node_id: str) -> str:
        return self.nodes[node_id].title

    def family(self, family: str) -> str:
        """A family of tags in words, to follow "one": ``career pathway``."""
        return dict(self.ruleset.families).get(family, family).removeprefix("one ")

    def value(self, family: str, value: str) -> str:
        """A value of a family of tags in words: ``Health Science``."""
        words = dict(self.ruleset.tags).get(f"{family}:{value}")
        return words or value.replace("-", " ").title()

    def courses(self, matcher: Matcher) -> tuple[Course, ...]:
        """Return the catalog's courses that match, in its order; none where any course does."""
        if self.catalog is None or isinstance(matcher, AnyCourse):
            return ()
        key = id(matcher)  # matchers live as long as the rule set that this wording holds
        if key not in self._courses:
            counts = predicate(matcher)
            self._courses[key] = tuple(
                course for course in self.catalog.courses if counts(_as_planned(course))
            )
        return self._courses[key]

    def course_ids(self, node_id: str) -> frozenset[str]:
        if node_id not in self._ids:
            courses = self.courses(self.nodes[node_id].match)
            self._ids[node_id] = frozenset(course.id for course in courses)
        return self._ids[node_id]

    def rivals(self, node_id: str) -> tuple[str, ...]:
        """Parts of a requirement, and parts beside it to which fewer courses are open."""
        if node_id not in self._rivals:
            here = len(self.course_ids(node_id))
            self._rivals[node_id] = tuple(
                part.id
                for part in self.tops[node_id].walk()
                if part.id != node_id
                and not part.parts
                and part.condition is None
                and (part.id in self.parts[node_id] or len(self.course_ids(part.id)) < here)
            )
        return self._rivals[node_id]


def _as_planned(course: Course) -> CourseRecord:
    return CourseRecord(
        id=course.id,
        credits=course.credits,
        state=State.PLANNED,
        course=course.id,
        title=course.title,
        number=course.number,
        sced=course.sced,
        subject=course.subject,
        tags=course.tags,
    )


def matcher_of(node: Requirement) -> Matcher:
    """What courses have to match to help a requirement."""
    return node.condition.match if isinstance(node.condition, Have) else node.match


_wordings: dict[tuple[int, int], Wording] = {}


def wording(ruleset: RuleSet, catalog: Catalog | None) -> Wording:
    """Return the wording of a rule set with a catalog; kept per pair of objects."""
    key = (id(ruleset), id(catalog))
    found = _wordings.get(key)
    if found is None or found.ruleset is not ruleset or found.catalog is not catalog:
        if len(_wordings) >= _KEPT:
            _wordings.clear()
        nodes = {node.id: node for node in ruleset.walk()}
        inside = {name: tuple(part.id for part in node.walk()) for name, node in nodes.items()}
        found = _wordings[key] = Wording(
            ruleset,
            catalog,
            rules={name: describe(node, ruleset) for name, node in nodes.items()},
            nodes=nodes,
            inside=inside,
            parts={name: frozenset(ids) for name, ids in inside.items()},
            tops={part.id: node for node in ruleset.requirements for part in node.walk()},
            places={slot.requirement: slot.index for slot in layout(ruleset).slots},
            evidence=dict(ruleset.evidence),
        )
    return found
