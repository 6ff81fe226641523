"""The portal's own settings, with the values a test run needs put into the environment first."""

import atexit
import os
import shutil
import tempfile

VAR = tempfile.mkdtemp(prefix="pathloom-test-")  # two test runs at once do not meet
os.makedirs(os.path.join(VAR, "static"), exist_ok=True)  # WhiteNoise warns without it
atexit.register(shutil.rmtree, VAR, ignore_errors=True)

os.environ["SECRET_KEY"] = "a-key-for-tests-only-never-for-service-0123456789abcdef"
os.environ["PATHLOOM_DEMO"] = "true"
os.environ["PATHLOOM_STRICT"] = "true"
os.environ["PATHLOOM_VAR"] = VAR
os.environ["PATHLOOM_STATIC_STORAGE"] = "django.contrib.staticfiles.storage.StaticFilesStorage"

from pathloom.portal.config.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # speed; nothing secret here
