"""Which roles may read a school's drafts, and which may publish."""

from pathloom.portal.accounts.roles import COUNSELOR, DISTRICT_ADMIN, SCHOOL_ADMIN, TEACHER

READERS = (COUNSELOR, TEACHER, SCHOOL_ADMIN, DISTRICT_ADMIN)
PUBLISHERS = (SCHOOL_ADMIN, DISTRICT_ADMIN)
AGREEING = (DISTRICT_ADMIN,)  # with colleges, for the whole district
