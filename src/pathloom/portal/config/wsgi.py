"""The entry point of the server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pathloom.portal.config.settings")
application = get_wsgi_application()

from pathloom.engine.planner.model import get_ready  # noqa: E402 - after the set-up
from pathloom.portal.programs.queries.frameworks import taxonomy  # noqa: E402
from pathloom.portal.programs.queries.occupations import occupation_book  # noqa: E402
from pathloom.portal.programs.queries.search import (  # noqa: E402
    get_ready as get_search_ready,
)
from pathloom.portal.records.snapshot import rulebook  # noqa: E402

rulebook()  # these here, so that the first visitor does not wait for them
taxonomy()
occupation_book()
get_search_ready()
get_ready()  # the solver, which says whether a program can be taken
