"""Who may see courses: everybody."""

from pathloom.portal.catalog.models import Course
from pathloom.portal.core.access import AccessRule, register

COURSES = register(AccessRule("courses", listing=lambda user: Course.objects.all(), private=False))
