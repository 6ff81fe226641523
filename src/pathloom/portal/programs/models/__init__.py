"""The tables of programs of study."""

from pathloom.portal.programs.models.agreements import CollegeAgreements
from pathloom.portal.programs.models.program import ProgramOfStudy, ProgramVersion, Publication

__all__ = ["CollegeAgreements", "ProgramOfStudy", "ProgramVersion", "Publication"]
