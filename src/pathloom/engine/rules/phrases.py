"""Which courses match, in plain English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pathloom.engine.rules.nodes import (
    AnyCourse,
    CourseIs,
    EachOf,
    HasTag,
    MarkAtLeast,
    Matcher,
    NoneOf,
    NumberLike,
    OneOf,
    ScedLike,
    SubjectIs,
)

Fact = SubjectIs | HasTag | NumberLike | ScedLike | CourseIs | MarkAtLeast

_MANY = 4  # from more numbers than this on, a sentence says how many there are
_NO_WORDS: Mapping[str, str] = {}


def say(matcher: Matcher, words: Mapping[str, str] = _NO_WORDS) -> str:
    """Say which courses match: ``any course that counts as Biology or is numbered 26.X120XXX``.

    ``words`` turns ids of subjects and tags into words (``words_of``); without it ids are shown.
    """
    match matcher:
        case AnyCourse():
            return "any course"
        case SubjectIs() | OneOf((SubjectIs(), *_)) if _one_verb(matcher):
            return f"any course {_that(matcher, words, yes=True).removeprefix('is ')}"
        case EachOf((SubjectIs() as subject, first, *rest)):
            inner = EachOf((first, *rest)) if rest else first
            return f"{say(subject, words)} that {_that(inner, words, yes=True)}"
        case _:
            return f"any course that {_that(matcher, words, yes=True)}"


def _that(matcher: Matcher, words: Mapping[str, str], *, yes: bool) -> str:
    """The rest of "a course that ...", or of its opposite."""
    match matcher:
        case AnyCourse():
            return "is any course" if yes else "does not exist"
        case NoneOf(inner):
            return _that(inner, words, yes=not yes)
        case OneOf(matchers):
            return _joined(matchers, words, yes=yes, either=yes)
        case EachOf(matchers):
            return _joined(matchers, words, yes=yes, either=not yes)
        case _:
            yes_verb, no_verb, name = phrase(matcher, words)
            return f"{yes_verb if yes else no_verb} {name}"


def phrase(matcher: Fact, words: Mapping[str, str]) -> tuple[str, str, str]:
    """Verb, its denial, and the name that follows."""
    match matcher:
        case SubjectIs(subject):
            return "is in", "is not in", words.get(f"subject:{subject}", subject)
        case HasTag(tag):
            return "counts as", "does not count as", _tag(tag, words)
        case NumberLike(pattern):
            return "is numbered", "is not numbered", pattern
        case ScedLike(pattern):
            return "has the SCED code", "does not have the SCED code", pattern
        case CourseIs(course):
            return "is course", "is not course", course
        case MarkAtLeast(mark):
            return "ends with a mark of at least", "ends with a mark below", str(mark)


def _tag(tag: str, words: Mapping[str, str]) -> str:
    """A tag in words: its own, or those of its family with its value."""
    family, colon, value = tag.partition(":")
    own = words.get(f"tag:{tag}")
    if own or not colon:
        return own or tag
    return f"{words.get(f'family:{family}', family)} {value.replace('-', ' ')}"


def _joined(
    matchers: Sequence[Matcher], words: Mapping[str, str], *, yes: bool, either: bool
) -> str:
    """Join what several matchers say; with "or", those of one kind share their verb."""
    groups: dict[str, list[str]] = {}
    for index, each in enumerate(matchers):
        if isinstance(each, Fact):
            yes_verb, no_verb, name = phrase(each, words)
            verb = yes_verb if yes else no_verb
            groups.setdefault(verb if either or not yes else f"{verb} {index}", []).append(name)
        else:
            groups[f"group {index}"] = [_nested(each, words, yes=yes, either=either)]
    texts = [_group(key, names) for key, names in groups.items()]
    return one_of(texts) if either else all_of(texts)


def _nested(matcher: Matcher, words: Mapping[str, str], *, yes: bool, either: bool) -> str:
    text = _that(matcher, words, yes=yes)
    if not isinstance(matcher, OneOf | EachOf) or len(matcher.matchers) < 2:
        return text
    inner_either = isinstance(matcher, OneOf) == yes
    if inner_either == either or (inner_either and _one_verb(matcher)):
        return text
    return f"{'either' if inner_either else 'both'} {text}"


def _one_verb(matcher: Matcher) -> bool:
    """Whether one verb says it all: a single fact, or facts of one kind."""
    if not isinstance(matcher, OneOf | EachOf):
        return True
    kinds = {type(each) for each in matcher.matchers}
    return len(kinds) == 1 and not kinds & {OneOf, EachOf, NoneOf, AnyCourse}


def _group(key: str, names: Sequence[str]) -> str:
    if key.startswith("group "):
        return names[0]
    if key == "is numbered" and len(names) > _MANY:
        return f"has one of {len(names)} listed state course numbers"
    return f"{key.rstrip(' 0123456789')} {one_of(names)}"


def all_of(texts: Sequence[str]) -> str:
    """Put texts in a row: "A", "A and B", "A, B, and C"; "A; B, C; and D" where one has a comma."""
    return _row(texts, "and")


def one_of(texts: Sequence[str]) -> str:
    """Put texts in a row as ``all_of`` does, with "or"."""
    return _row(texts, "or")


def _row(texts: Sequence[str], word: str) -> str:
    if len(texts) < 3:
        return f" {word} ".join(texts)
    mark = ";" if any("," in text for text in texts) else ","
    return f"{f'{mark} '.join(texts[:-1])}{mark} {word} {texts[-1]}"
