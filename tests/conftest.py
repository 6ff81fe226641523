"""What every test gets: repeatable examples; no network but loopback (see pyproject.toml)."""

import os

import pytest
from hypothesis import Phase, settings

from tests.scheduling import Together, turn

# The same examples every time, so that a red run is red again; `make test-full` looks further.
settings.register_profile("every-time", derandomize=True, deadline=None, database=None)
settings.register_profile("full", max_examples=2000, deadline=None, print_blob=True)
# `make prove-guards` asks whether a fault is found, not for the smallest example of it.
settings.register_profile(
    "found",
    settings.get_profile("every-time"),
    phases=(Phase.explicit, Phase.generate),
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "every-time"))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Together:
    return Together(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: turn(item.nodeid))
