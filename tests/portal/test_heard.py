"""Every page says what it is to somebody who listens to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.portal.heard import faults
from tests.portal.records.cast import Cast
from tests.portal.test_every import cast, every_address, signed_in

__all__ = ["cast"]
PORTAL = Path(__file__).resolve().parents[2] / "src/pathloom/portal"
SWAPPED = {  # a page, and the part of it that a script swaps
    "plans/builder.html": "plans/_board.html",
    "plans/search.html": "plans/_found.html",
    "core/job.html": "core/_job.html",
}

# Clusters of several frameworks have one name; the gallery shows each part many times.
OF_ONE_NAME = {"core:gallery", "programs:cluster", "programs:crosswalk", "programs:pathway"}
AT_LEAST = {"mira": 20, "gail": 4, "tess": 6, "pia": 10, "dana": 10}  # pages they open

SOUND = "<title>A page</title><main><h1>A page</h1>%s</main>"
PLANTED = {
    "2 first headings": "<h1>Another</h1>",
    "a heading jumps from level 1 to 3": "<h3>Deep down</h3>",
    "a heading of level 2 has no words": "<h2><svg aria-hidden='true'></svg></h2>",
    "2 elements are called a": "<p id='a'></p><p id='a'></p>",
    "for names b, which is not there": "<label for='b'>Name</label>",
    "a control has no name: input": "<input name='q' placeholder='Name'>",
    "a control has no name: a": "<a href='/x/'><svg aria-hidden='true'></svg></a>",
    "a control is called 'CSV' only": "<a href='/x.csv'>CSV</a>",
    "an invalid control does not say why": "<input aria-label='Day' aria-invalid='true'>",
    "2 links are called 'Change'": "<a href='/1/'>Change</a><a href='/2/'>Change</a>",
    "2 controls are called 'Take out'": "<form action='/1/'><button>Take out</button></form>"
    "<form action='/2/'><button>Take out</button></form>",
    "a picture says nothing and is not hidden": "<img src='/x.png'>",
    "a drawing is neither told nor hidden": "<svg><path d='M0 0'/></svg>",
    "a table has no caption": "<table><tr><th>A</th></tr></table>",
    "a table has no heads": "<table><caption>A</caption><tr><td>1</td></tr></table>",
}


def counts(label: str, fault: str) -> bool:
    return label not in OF_ONE_NAME or " are called '" not in fault


@pytest.mark.parametrize("name", AT_LEAST)
def test_every_page_is_told_in_words(cast: Cast, name: str) -> None:
    client, wrong, opened = signed_in(cast, name), [], 0
    for label, address, kind in every_address(cast):
        if kind == "public" and name != "mira":
            continue  # the same for everybody
        response = client.get(address)
        html = response.headers.get("Content-Type", "").startswith("text/html")
        if html and response.status_code == 200:
            opened += 1
            wrong += [f"{label}: {each}" for each in faults(response.text) if counts(label, each)]
    assert not wrong, "\n".join(wrong)
    assert opened >= AT_LEAST[name]


@pytest.mark.parametrize("said", PLANTED)
def test_a_planted_fault_is_heard(said: str) -> None:
    found = faults(SOUND % PLANTED[said])
    assert len(found) == 1
    assert found[0].startswith(said)


def test_a_sound_page_has_nothing_to_mend() -> None:
    body = (
        "<h2>Part</h2><p id='why_error'>Too long</p>"
        "<label for='why'>Why</label><input id='why' aria-invalid='true'"
        " aria-describedby='why_error'><form action='/1/'><button>Take out <span>Biology</span>"
        "</button></form><form action='/2/'><button>Take out <span>Chemistry</span></button></form>"
        "<svg role='img' aria-label='Pay'></svg><img src='/x.png' alt=''>"
    )
    assert faults(SOUND % body) == []


@pytest.mark.parametrize("page", SWAPPED)
def test_what_a_script_swaps_in_is_said_in_a_place_that_stays(page: str) -> None:
    folder = PORTAL / page.partition("/")[0] / "templates"
    whole, part = ((folder / name).read_text() for name in (page, SWAPPED[page]))
    assert f'{{% include "{SWAPPED[page]}" %}}' in whole
    assert 'id="aloud" class="visually-hidden" role="status"' in whole
    assert "core/spoken.js" in whole
    assert "aria-live" not in part
    assert 'id="aloud"' not in part
