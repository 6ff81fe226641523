"""Courses, prerequisites and programs of study of a school or district."""

from pathloom.engine.catalog.agreement_check import check_agreements
from pathloom.engine.catalog.agreement_file import load_agreements
from pathloom.engine.catalog.agreements import (
    Agreement,
    Agreements,
    Citation,
    CollegeCourse,
    CollegeTerm,
    Continuation,
    ExamNeeded,
    Funding,
    Institution,
    Kind,
    Tuition,
)
from pathloom.engine.catalog.check import check_catalog
from pathloom.engine.catalog.load import load_catalog, parse_catalog
from pathloom.engine.catalog.prerequisite import format_need, parse_need
from pathloom.engine.catalog.types import (
    AllOf,
    AnyOf,
    Catalog,
    Course,
    CourseNeed,
    Credential,
    Need,
    ProgramOfStudy,
    Step,
)

__all__ = [
    "Agreement",
    "Agreements",
    "AllOf",
    "AnyOf",
    "Catalog",
    "Citation",
    "CollegeCourse",
    "CollegeTerm",
    "Continuation",
    "Course",
    "CourseNeed",
    "Credential",
    "ExamNeeded",
    "Funding",
    "Institution",
    "Kind",
    "Need",
    "ProgramOfStudy",
    "Step",
    "Tuition",
    "check_agreements",
    "check_catalog",
    "format_need",
    "load_agreements",
    "load_catalog",
    "parse_catalog",
    "parse_need",
]
