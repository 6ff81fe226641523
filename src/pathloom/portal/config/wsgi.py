"""The entry point of the server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pathloom.portal.config.settings")
application = get_wsgi_application()

from pathloom.portal.programs.queries.frameworks import taxonomy  # noqa: E402 - after the set-up
from pathloom.portal.records.snapshot import rulebook  # noqa: E402

rulebook()  # these two here, so that the first visitor does not wait for them
taxonomy()
