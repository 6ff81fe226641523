"""The tables of programs of study."""

from pathloom.portal.programs.models.agreements import CollegeAgreements
from pathloom.portal.programs.models.authoring import (
    Invitation,
    Proposal,
    Remark,
    Review,
    ReviewCycle,
    Revision,
)
from pathloom.portal.programs.models.copies import PortalCopy, PortalCopyFile
from pathloom.portal.programs.models.frameworks import FrameworkMove, LevelNames, ProgramPlace
from pathloom.portal.programs.models.occupations import DistrictThresholds
from pathloom.portal.programs.models.portal import PortalVersion
from pathloom.portal.programs.models.program import ProgramOfStudy, ProgramVersion, Publication

__all__ = [
    "CollegeAgreements",
    "DistrictThresholds",
    "FrameworkMove",
    "Invitation",
    "LevelNames",
    "PortalCopy",
    "PortalCopyFile",
    "PortalVersion",
    "ProgramOfStudy",
    "ProgramPlace",
    "ProgramVersion",
    "Proposal",
    "Publication",
    "Remark",
    "Review",
    "ReviewCycle",
    "Revision",
]
