"""Occupations: what they are called, need and pay, and where they stand in the frameworks."""

from pathloom.engine.occupations.compile import Compiled, compile_folder, merge, update_from
from pathloom.engine.occupations.labels import (
    KINDS,
    Label,
    LabelKind,
    Reason,
    Thresholds,
    count_labels,
    default_thresholds,
    kinds_of,
    labels_of,
)
from pathloom.engine.occupations.load import areas_in, load_occupations, parse_tables
from pathloom.engine.occupations.manifest import load_manifest
from pathloom.engine.occupations.spanish import of_women
from pathloom.engine.occupations.tables import read_tables, write_tables
from pathloom.engine.occupations.types import (
    EDUCATION,
    INTERESTS,
    NATIONAL,
    PERCENTILES,
    CollegeField,
    DataSet,
    Figures,
    Occupation,
    OccupationBook,
    OccupationError,
    Pay,
    Place,
    total,
)

__all__ = [
    "EDUCATION",
    "INTERESTS",
    "KINDS",
    "NATIONAL",
    "PERCENTILES",
    "CollegeField",
    "Compiled",
    "DataSet",
    "Figures",
    "Label",
    "LabelKind",
    "Occupation",
    "OccupationBook",
    "OccupationError",
    "Pay",
    "Place",
    "Reason",
    "Thresholds",
    "areas_in",
    "compile_folder",
    "count_labels",
    "default_thresholds",
    "kinds_of",
    "labels_of",
    "load_manifest",
    "load_occupations",
    "merge",
    "of_women",
    "parse_tables",
    "read_tables",
    "total",
    "update_from",
    "write_tables",
]
