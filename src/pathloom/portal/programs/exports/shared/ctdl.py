"""Programs of study in CTDL, the language of Credential Engine, as JSON-LD.

The terms are those of https://credreg.net/ctdl/terms; the context is named and never fetched. A
CTID is given out by the registry, so nothing here has one: addresses of the portal name things.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from pathloom.portal.programs.presenters.words import Said

Page = dict[str, Any]
LanguageMap = dict[str, str]
CONTEXT: Final = "https://credreg.net/ctdl/schema/context/json"
SOC_FRAMEWORK = "Standard Occupational Classification"


class _Term(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class Alignment(_Term):
    type: Literal["ceterms:CredentialAlignmentObject"] = Field(
        "ceterms:CredentialAlignmentObject", alias="@type"
    )
    framework_name: LanguageMap | None = Field(None, alias="ceterms:frameworkName")
    target_node_name: LanguageMap = Field(alias="ceterms:targetNodeName")
    coded_notation: str = Field(alias="ceterms:codedNotation")


class Condition(_Term):
    type: Literal["ceterms:ComponentCondition"] = Field("ceterms:ComponentCondition", alias="@type")
    required_number: int = Field(alias="ceterms:requiredNumber")
    target_component: list[str] = Field(alias="ceterms:targetComponent")


class Component(_Term):
    """A course, a credential, a job, an activity or a choice between courses."""

    id: str = Field(alias="@id")
    type: Literal[
        "ceterms:BasicComponent",
        "ceterms:CocurricularComponent",
        "ceterms:CourseComponent",
        "ceterms:CredentialComponent",
        "ceterms:JobComponent",
        "ceterms:WorkExperienceComponent",
    ] = Field(alias="@type")
    name: LanguageMap = Field(alias="ceterms:name")
    description: LanguageMap | None = Field(None, alias="ceterms:description")
    program_term: LanguageMap | None = Field(None, alias="ceterms:programTerm")
    condition: list[Condition] | None = Field(None, alias="ceterms:hasCondition")
    occupation: list[Alignment] | None = Field(None, alias="ceterms:occupationType")
    proxy_for: str | None = Field(None, alias="ceterms:proxyFor")
    part_of: list[str] = Field(alias="ceterms:isPartOf")


class Course(_Term):
    """The course that a component stands for, where it says which standards are taught."""

    id: str = Field(alias="@id")
    type: Literal["ceterms:Course"] = Field("ceterms:Course", alias="@type")
    name: LanguageMap = Field(alias="ceterms:name")
    coded_notation: str = Field(alias="ceterms:codedNotation")
    owned_by: list[str] = Field(alias="ceterms:ownedBy")
    teaches: list[Alignment] = Field(alias="ceterms:teaches")


class Organization(_Term):
    id: str = Field(alias="@id")
    type: Literal["ceterms:Organization"] = Field("ceterms:Organization", alias="@type")
    name: LanguageMap = Field(alias="ceterms:name")


class Pathway(_Term):
    id: str = Field(alias="@id")
    type: Literal["ceterms:Pathway"] = Field("ceterms:Pathway", alias="@type")
    name: LanguageMap = Field(alias="ceterms:name")
    description: LanguageMap | None = Field(None, alias="ceterms:description")
    subject_webpage: str = Field(alias="ceterms:subjectWebpage")
    owned_by: list[str] = Field(alias="ceterms:ownedBy")
    part: list[str] = Field(alias="ceterms:hasPart")
    destination: list[str] | None = Field(None, alias="ceterms:hasDestinationComponent")


class Graph(_Term):
    context: Literal["https://credreg.net/ctdl/schema/context/json"] = Field(
        CONTEXT, alias="@context"
    )
    graph: list[Organization | Pathway | Component | Course] = Field(alias="@graph")


def programs_ctdl(school: Page, pages: Iterable[Page]) -> str:
    """The programs of a school as one graph of JSON-LD, indented.

    Args:
        school: what ``presenters.sharing.school_page`` makes.
        pages: what ``presenters.sharing.shared_programs`` makes.
    """
    owner = Organization(id=school["address"], name={"en": school["name"]})
    graph: list[Organization | Pathway | Component | Course] = [owner]
    for page in pages:
        graph += [*_pathway(page, owner), *_taught(page, owner)]
    made = Graph(graph=graph).model_dump_json(indent=2, by_alias=True, exclude_none=True)
    return f"{made}\n"


def _pathway(page: Page, owner: Organization) -> list[Pathway | Component]:
    parts = [*_courses(page), *_destinations(page), *_besides(page)]
    return [
        Pathway(
            id=page["address"],
            name=_map(page["title"]),
            description=_map(page["summary"]) if page["summary"] else None,
            subject_webpage=page["address"],
            owned_by=[owner.id],
            part=[part.id for part in parts],
            destination=[
                part.id
                for part in parts
                if part.type in ("ceterms:CredentialComponent", "ceterms:JobComponent")
            ]
            or None,
        ),
        *parts,
    ]


def _courses(page: Page) -> Iterator[Component]:
    """Each course in the year in which it is taken, and each choice between several."""
    for key, term, choice in _choices(page):
        yield from _choice(page, choice, key=key, term=term)


def _choices(page: Page) -> Iterator[tuple[str, str, Page]]:
    """Each choice with a key of its own and the year in which it is made."""
    for row_at, row in enumerate(page["table"]["rows"], start=1):
        columns = zip(page["table"]["columns"], row["cells"], strict=True)
        for column_at, (column, cell) in enumerate(columns, start=1):
            for choice_at, choice in enumerate(cell, start=1):
                yield f"{row_at}-{column_at}-{choice_at}", column["title"], choice


def _taught(page: Page, owner: Organization) -> Iterator[Course]:
    """The courses of steps that name standards, with what they teach."""
    for key, _term, choice in _choices(page):
        teaches = [_standard(each) for each in choice.get("standards", ())]
        if not teaches:
            continue
        for number, course in enumerate(choice["courses"], start=1):
            yield Course(
                id=_taught_id(page, key, number),
                name=_map(course["title"]),
                coded_notation=course["code"],
                owned_by=[owner.id],
                teaches=teaches,
            )


def _taught_id(page: Page, key: str, number: int) -> str:
    return f"{page['address']}#taught-{key}-{number}"


def _standard(standard: Page) -> Alignment:
    """A standard by its code; its framework is not known."""
    named = _map(standard["title"] or standard["code"])
    return Alignment(target_node_name=named, coded_notation=standard["code"])


def _choice(page: Page, choice: Page, *, key: str, term: str) -> Iterator[Component]:
    here = {"part_of": [page["address"]], "program_term": {page["language"]: term}}
    taught = bool(choice.get("standards"))
    courses = [
        Component(
            id=f"{page['address']}#course-{key}-{number}",
            type="ceterms:CourseComponent",
            name=_map(course["title"]),
            description=_map(course["code"]) if course["code"] else None,
            proxy_for=_taught_id(page, key, number) if taught else None,
            **here,
        )
        for number, course in enumerate(choice["courses"], start=1)
    ]
    yield from courses
    if len(courses) > 1:
        condition = Condition(required_number=1, target_component=[each.id for each in courses])
        yield Component(
            id=f"{page['address']}#choice-{key}",
            type="ceterms:BasicComponent",
            name={"en": " or ".join(course["title"] for course in choice["courses"])},
            condition=[condition],
            **here,
        )


def _destinations(page: Page) -> Iterator[Component]:
    for exit_ in page["exits"]:
        for number, each in enumerate(exit_["credentials"], start=1):
            yield Component(
                id=f"{page['address']}#credential-{exit_['stage']}-{number}",
                type="ceterms:CredentialComponent",
                name=_map(each["title"]),
                part_of=[page["address"]],
            )
        for number, job in enumerate(exit_["occupations"], start=1):
            yield Component(
                id=f"{page['address']}#job-{exit_['stage']}-{number}",
                type="ceterms:JobComponent",
                name=_map(job["title"]),
                occupation=[_occupation(job)] if job["soc"] else None,
                part_of=[page["address"]],
            )


def _occupation(job: Page) -> Alignment:
    return Alignment(
        framework_name={"en": SOC_FRAMEWORK},
        target_node_name=_map(job["title"]),
        coded_notation=job["soc"],
    )


def _besides(page: Page) -> Iterator[Component]:
    for number, each in enumerate(page["work"], start=1):
        yield Component(
            id=f"{page['address']}#work-{number}",
            type="ceterms:WorkExperienceComponent",
            name=_map(each["title"]),
            part_of=[page["address"]],
        )
    for number, each in enumerate([*page["organizations"], *page["activities"]], start=1):
        yield Component(
            id=f"{page['address']}#activity-{number}",
            type="ceterms:CocurricularComponent",
            name=_map(each["title"]),
            part_of=[page["address"]],
        )


def _map(text: str) -> LanguageMap:
    return {text.lang if isinstance(text, Said) else "en": str(text)}
