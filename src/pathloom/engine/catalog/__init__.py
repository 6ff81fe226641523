"""Courses, prerequisites and programs of study of a school or district."""

from pathloom.engine.catalog.check import check_catalog
from pathloom.engine.catalog.load import load_catalog, parse_catalog
from pathloom.engine.catalog.prerequisite import format_need, parse_need
from pathloom.engine.catalog.types import (
    AllOf,
    AnyOf,
    Catalog,
    Course,
    CourseNeed,
    Need,
    ProgramOfStudy,
    Step,
)

__all__ = [
    "AllOf",
    "AnyOf",
    "Catalog",
    "Course",
    "CourseNeed",
    "Need",
    "ProgramOfStudy",
    "Step",
    "check_catalog",
    "format_need",
    "load_catalog",
    "parse_catalog",
    "parse_need",
]
