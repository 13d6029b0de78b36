"""Real forms, filled as JavaRosa (ODK Collect's engine) filled them: every label, choice, rule and value must agree.

The forms and recordings are not redistributed; they are looked for at ../shared/oracles beside the checkout or in
GEMBA_ORACLES. What is compared, and how, stands in tests/conformance/replay.py.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.conformance.replay import replay_of, traces

ORACLES = Path(os.environ.get("GEMBA_ORACLES") or Path(__file__).parents[2].parent / "shared" / "oracles") / "forms"

pytestmark = pytest.mark.skipif(not ORACLES.is_dir(), reason="no recorded fillings: set GEMBA_ORACLES to their folder")


def forms() -> list[str]:
    return sorted({file.name.split(".")[0] for file in traces(ORACLES)})


@pytest.mark.parametrize("form", forms())
def test_a_form_is_filled_as_javarosa_fills_it(form):
    found = [
        each for file in traces(ORACLES) if file.name.startswith(f"{form}.") for each in replay_of(ORACLES, file).run()
    ]
    assert [str(each) for each in found] == []
