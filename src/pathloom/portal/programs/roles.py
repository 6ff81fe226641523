"""Which roles may read a school's drafts, and which may publish."""

from pathloom.portal.accounts.roles import COUNSELOR, DISTRICT_ADMIN, SCHOOL_ADMIN, TEACHER

READERS = (COUNSELOR, TEACHER, SCHOOL_ADMIN, DISTRICT_ADMIN)
AUTHORS = (COUNSELOR, TEACHER, SCHOOL_ADMIN)  # of their school's programs
TEMPLATE_AUTHORS = (DISTRICT_ADMIN,)  # of the district's, which are templates for its schools
PUBLISHERS = (SCHOOL_ADMIN, DISTRICT_ADMIN)
AGREEING = (DISTRICT_ADMIN,)  # with colleges, for the whole district
FACES = (SCHOOL_ADMIN, DISTRICT_ADMIN)  # who writes what a school's portal says
FRAMING = (DISTRICT_ADMIN,)  # who chooses the framework of a district
