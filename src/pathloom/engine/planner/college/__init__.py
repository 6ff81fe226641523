"""Beyond grade 12: college credit banked, tuition avoided and months saved by a record or plan."""

from pathloom.engine.planner.college.change import difference
from pathloom.engine.planner.college.credit import college_credit, graduation_of
from pathloom.engine.planner.college.places import AtCollege, at_colleges
from pathloom.engine.planner.college.plan import credit_of_plan, first_day
from pathloom.engine.planner.college.types import (
    Claim,
    CollegeChange,
    CollegeCredit,
    CourseChange,
    Hours,
    Loss,
    ProgramAhead,
    ProgramChange,
    Row,
    Standing,
    TermAhead,
    TuitionAvoided,
)

__all__ = [
    "AtCollege",
    "Claim",
    "CollegeChange",
    "CollegeCredit",
    "CourseChange",
    "Hours",
    "Loss",
    "ProgramAhead",
    "ProgramChange",
    "Row",
    "Standing",
    "TermAhead",
    "TuitionAvoided",
    "at_colleges",
    "college_credit",
    "credit_of_plan",
    "difference",
    "first_day",
    "graduation_of",
]
