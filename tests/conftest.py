"""What every test gets: no network but loopback, settings of the test run."""

import os

os.environ.setdefault("SECRET_KEY", "a-key-for-tests-only-never-for-service-0123456789abcdef")
os.environ.setdefault("PATHLOOM_DEMO", "true")
os.environ.setdefault(
    "PATHLOOM_STATIC_STORAGE", "django.contrib.staticfiles.storage.StaticFilesStorage"
)
