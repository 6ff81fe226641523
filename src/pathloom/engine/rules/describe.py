"""Rules in plain English, as a counselor reads them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pathloom.engine.rules.choose import cohorts
from pathloom.engine.rules.nodes import (
    AnyCourse,
    Award,
    CourseIs,
    EachOf,
    HasTag,
    Matcher,
    NoneOf,
    NumberLike,
    OneOf,
    Requirement,
    RuleSet,
    Split,
    SubjectIs,
    Substitute,
)
from pathloom.engine.units import Credits, format_credits

_MANY = 4  # from more numbers than this on, a sentence says how many there are
_NO_WORDS: Mapping[str, str] = {}


def describe(requirement: Requirement, ruleset: RuleSet) -> str:
    """Say a requirement in one English sentence.

    Amounts are in the rule set's unit of credit; parts, second counting and substitutes included.
    """
    words = words_of(ruleset)
    clauses = [f"{_of(requirement, ruleset)}{_among(requirement, ruleset)}"]
    if _says_more(requirement, words):
        clauses.append(f"open to {say(requirement.match, words)}")
    if requirement.also_counts:
        titles = {each.id: each.title for each in ruleset.walk()}
        others = _and([titles[other] for other in requirement.also_counts])
        clauses.append(f"a course used here can count a second time in {others}")
    clauses += [f"or instead {_substitute(each, ruleset, words)}" for each in requirement.instead]
    return f"{'; '.join(clauses)}."


def describe_ruleset(ruleset: RuleSet) -> str:
    """Say a whole rule set: one sentence a line, parts indented, with sources at the end."""
    lines = [
        f"{ruleset.title}, for students who entered grade 9 {cohorts(ruleset)}.",
        f"Status: {ruleset.status}{'' if ruleset.official else ' (unofficial)'}.",
        f"In all {units(ruleset.total, ruleset.credit_name)}; "
        "a course that counts twice adds to this only once.",
        _split(ruleset),
        "",
    ]
    for requirement in ruleset.requirements:
        lines += _lines(requirement, ruleset, indent="")
    if ruleset.awards:
        lines += ["", *(f"- {_award(award, ruleset)}" for award in ruleset.awards)]
    lines += ["", "Sources:"]
    lines += [
        f"- {source.title} ({source.kind}, read on {source.read_on}): {source.url}"
        for source in ruleset.sources
    ]
    return "\n".join(lines)


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


def words_of(ruleset: RuleSet) -> Mapping[str, str]:
    """The words for the subjects (``subject:x``) and tags (``tag:x``) of a rule set."""
    subjects = {f"subject:{key}": text for key, text in ruleset.subjects}
    return subjects | {f"tag:{key}": text for key, text in ruleset.tags}


def units(amount: Credits, name: str) -> str:
    """Write an amount with its unit: ``4 units``, ``0.5 unit``."""
    return f"{format_credits(amount).removesuffix('.0')} {name}{'s' if amount > 100 else ''}"


def _lines(requirement: Requirement, ruleset: RuleSet, *, indent: str) -> list[str]:
    found = [f"{indent}- {describe(requirement, ruleset)}"]
    for part in requirement.include:
        found += _lines(part, ruleset, indent=f"{indent}  ")
    return found


def _says_more(requirement: Requirement, words: Mapping[str, str]) -> bool:
    """Whether the matcher adds anything to the title and the parts."""
    if requirement.include and not requirement.open_part:
        return False
    if isinstance(requirement.match, SubjectIs | HasTag):
        return _phrase(requirement.match, words)[2].casefold() != requirement.title.casefold()
    return True


def _of(requirement: Requirement | Substitute, ruleset: RuleSet) -> str:
    return f"{units(requirement.earn, ruleset.credit_name)} of {requirement.title}"


def _among(requirement: Requirement, ruleset: RuleSet) -> str:
    parts = [_of(part, ruleset) for part in requirement.include]
    return f", among them {_and(parts)}" if parts else ""


def _substitute(each: Substitute, ruleset: RuleSet, words: Mapping[str, str]) -> str:
    return f"{_of(each, ruleset)} ({say(each.match, words)}), which then count nowhere else"


def _award(award: Award, ruleset: RuleSet) -> str:
    number = f" ({award.number})" if award.number else ""
    name = ruleset.credit_name
    return (
        f"Whoever earns {units(award.at_least, name)} in "
        f"{say(award.when, words_of(ruleset))} also receives "
        f"{units(award.credits, name)} of {award.title}{number}."
    )


def _split(ruleset: RuleSet) -> str:
    into = next((each for each in ruleset.requirements if each.id == ruleset.overflow_into), None)
    match ruleset.split:
        case Split.FREE:
            return "The credit of one course may be divided between requirements."
        case Split.OVERFLOW if into is not None:
            return f"Credit of a course that its requirement does not need flows into {into.title}."
        case _:
            return "Credit of a course that its requirement does not need counts nowhere else."


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
            yes_verb, no_verb, name = _phrase(matcher, words)
            return f"{yes_verb if yes else no_verb} {name}"


def _phrase(
    matcher: SubjectIs | HasTag | NumberLike | CourseIs, words: Mapping[str, str]
) -> tuple[str, str, str]:
    """Verb, its denial, and the name that follows."""
    match matcher:
        case SubjectIs(subject):
            return "is in", "is not in", words.get(f"subject:{subject}", subject)
        case HasTag(tag):
            return "counts as", "does not count as", words.get(f"tag:{tag}", tag)
        case NumberLike(pattern):
            return "is numbered", "is not numbered", pattern
        case CourseIs(course):
            return "is course", "is not course", course


def _joined(
    matchers: Sequence[Matcher], words: Mapping[str, str], *, yes: bool, either: bool
) -> str:
    """Join what several matchers say; with "or", those of one kind share their verb."""
    groups: dict[str, list[str]] = {}
    for index, each in enumerate(matchers):
        if isinstance(each, SubjectIs | HasTag | NumberLike | CourseIs):
            yes_verb, no_verb, name = _phrase(each, words)
            verb = yes_verb if yes else no_verb
            groups.setdefault(verb if either or not yes else f"{verb} {index}", []).append(name)
        else:
            groups[f"group {index}"] = [_nested(each, words, yes=yes, either=either)]
    texts = [_group(key, names) for key, names in groups.items()]
    return _or(texts) if either else _and(texts)


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
    return f"{key.rstrip(' 0123456789')} {_or(names)}"


def _and(texts: Sequence[str]) -> str:
    return _list(texts, "and")


def _or(texts: Sequence[str]) -> str:
    return _list(texts, "or")


def _list(texts: Sequence[str], word: str) -> str:
    if len(texts) < 3:
        return f" {word} ".join(texts)
    return f"{', '.join(texts[:-1])} {word} {texts[-1]}"
