"""The difference between two versions of a program of study in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pathloom.engine.program.diff import Change, Kind
from pathloom.engine.program.lines import Line
from pathloom.engine.units import format_grade

Titles = Mapping[str, str]  # course code -> title

_NOUNS = {
    "entries": "Way in",
    "skills": "Skill",
    "credentials": "Credential",
    "work": "Work-based learning",
    "activities": "Activity",
    "organizations": "Student organization",
    "occupations": "Occupation",
    "postsecondary": "Way on",
    "advisors": "Advisor",
    "partners": "Partner",
    "evidence": "Evidence of",
    "sources": "Source",
    "local_courses": "Course of the district's own",
}
_FIELDS = {
    "about": "what it says",
    "advised_on": "the day",
    "after": "the stage",
    "evidence": "the evidence",
    "issuer": "who gives it",
    "kind": "the kind",
    "length": "how long it takes",
    "place": "the place",
    "proposed_by": "who proposed it",
    "read_on": "the day it was read",
    "soc": "the SOC code",
    "url": "the address",
}
_SAYS = {"entries": "about", "evidence": "evidence", "words": "says"}  # beside a line's name
_LONGEST = 80  # characters of a text that a sentence quotes whole


def sentences(changes: Iterable[Change], titles: Titles) -> tuple[str, ...]:
    """Say each change in a sentence that names courses by title; an unknown code stays a code.

    Every change gives at least one sentence, in the order of the changes.
    """
    return tuple(text for change in changes for text in _sentences(change, titles))


def label(line: Line, titles: Titles) -> str:
    """What a line is called among people: ``Grade 10: Robotics or Drones``."""
    fields = line.fields
    match line.part:
        case "about":
            return "Title and description"
        case "contact":
            return "Contact"
        case "steps":
            return f"Grade {format_grade(fields['grade'])}: {_courses(fields['courses'], titles)}"
        case "rows":
            return _subject(fields["subject"])
        case "college":
            texts = " or ".join(fields["courses"]) or "nothing"
            return (
                f"Year {fields['year']} after high school, {_subject(fields['subject'])}: {texts}"
            )
        case "words":
            return f"Translation of “{_short(fields['text'])}”"
        case "entries":
            return f"Way in, grade {format_grade(fields['grade'])}"
        case "evidence":
            return f"Evidence of {fields['element'].replace('_', ' ')}"
        case "local_courses":
            return f"{_NOUNS[line.part]}: {titles.get(fields['text'], fields['text'])}"
    name = fields.get("title") or fields.get("name") or fields.get("text") or fields.get("kind", "")
    return f"{_NOUNS[line.part]} “{_short(str(name))}”"


def _sentences(change: Change, titles: Titles) -> Iterator[str]:
    name = label(change.line, titles)
    match change.kind:
        case Kind.ADDED:
            yield f"{name} was added{_said(change.line, titles)}."
        case Kind.REMOVED:
            yield f"{name} was taken out."
        case Kind.MOVED:
            yield f"{name} stands in another place now."
        case Kind.CHANGED:
            assert change.before is not None
            assert change.after is not None
            for field in change.fields:
                was, now = (each.fields.get(field) for each in (change.before, change.after))
                yield _field(change, field, was, now, titles)


def _said(line: Line, titles: Titles) -> str:
    """The courses of a subject, the words of a way in; others say all in their name."""
    if line.part in _SAYS:
        return f" (“{_short(line.fields[_SAYS[line.part]])}”)"
    if line.part != "rows":
        return ""
    cells = {grade: codes for grade, codes in line.fields.items() if grade != "subject"}
    listed = (f"grade {grade}: {_courses(codes, titles)}" for grade, codes in cells.items())
    return f" ({'; '.join(listed)})" if cells else ""


def _field(change: Change, field: str, was: Any, now: Any, titles: Titles) -> str:
    name = label(change.line, titles)
    part = change.line.part
    if part == "about":
        word = "The title" if field == "title" else "The description"
        return _became(word, was, now)
    if part == "words":
        return f"{name} is “{_short(now)}” now."
    if part == "rows":
        return _became_courses(f"{name} in grade {field}", was, now, titles)
    if field == "courses" and part == "steps":
        grade = format_grade(change.line.fields["grade"])
        return _became_courses(f"Grade {grade}", was, now, titles)
    if field == "courses":
        old = " or ".join(was or ())
        return f"{name} stands in place of {old or 'nothing'}."
    if field == "grade":
        return _grade(name, was, now)
    if field == "required":
        return f"{name} {'has to be taken now' if now is None else 'need not be taken any more'}."
    if field in ("standards", "skills"):
        return _listed(f"{name}: {field}", was or (), now or ())
    if field in ("title", "name", "text"):
        return f"{_NOUNS.get(part, 'Contact')} “{_short(was)}” is called “{_short(now)}” now."
    return _became(f"{name}: {_FIELDS.get(field, field)}", was, now)


def _became(name: str, was: Any, now: Any) -> str:
    if was in (None, ""):
        return f"{name} is “{_short(now)}” now; it said nothing before."
    if now in (None, ""):
        return f"{name} says nothing now; it was “{_short(was)}”."
    return f"{name} was “{_short(was)}”, now it is “{_short(now)}”."


def _became_courses(name: str, was: Any, now: Any, titles: Titles) -> str:
    if not was:
        return f"{name}: {_courses(now, titles)} was added."
    if not now:
        return f"{name}: {_courses(was, titles)} was taken out."
    return f"{name}: {_courses(was, titles)} became {_courses(now, titles)}."


def _grade(name: str, was: Any, now: Any) -> str:
    if was is None:
        return f"{name} stands in grade {format_grade(now)} now."
    if now is None:
        return f"{name} stands in no grade now; it stood in grade {format_grade(was)}."
    return f"{name} moved here from grade {format_grade(was)}."


def _listed(name: str, was: Iterable[Any], now: Iterable[Any]) -> str:
    before, after = [_item(each) for each in was], [_item(each) for each in now]
    parts = [f"{each} was added" for each in after if each not in before]
    parts += [f"{each} was taken out" for each in before if each not in after]
    return f"{name}: {'; '.join(parts) or 'the order changed'}."


def _item(value: Any) -> str:
    if isinstance(value, Mapping):
        return " ".join(str(each) for each in (value.get("code"), value.get("title")) if each)
    return str(value)


def _courses(codes: Iterable[str], titles: Titles) -> str:
    return " or ".join(titles.get(code, code) for code in codes) or "no course"


def _subject(subject: str) -> str:
    words = subject.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:] if words else "A subject without a name"


def _short(text: Any) -> str:
    words = str(text)
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1].rstrip()}…"
