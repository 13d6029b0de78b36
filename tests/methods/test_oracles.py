"""Answers of R's qcc, qicharts2, irr, survey and survival, of Montgomery and NIST: every figure must be met.

The recordings are not redistributed; they are looked for at ../shared/oracles beside the checkout or in GEMBA_ORACLES.
What is compared, and how exactly, stands in tests/conformance/methods.py.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.conformance.methods import replay

ORACLES = Path(os.environ.get("GEMBA_ORACLES") or Path(__file__).parents[2].parent / "shared" / "oracles") / "methods"
WITHOUT_DATA = {"survival.json:lung"}
"""Cases whose data were not recorded with them."""

pytestmark = pytest.mark.skipif(not ORACLES.is_dir(), reason="no recorded answers: set GEMBA_ORACLES to their folder")


def recordings() -> list[Path]:
    return sorted(ORACLES.glob("*.json"))


@pytest.mark.parametrize("file", recordings(), ids=lambda file: file.stem)
def test_every_recorded_figure_is_met(file):
    outcomes = replay(file)
    assert outcomes
    assert [f"{each.where}: {text}" for each in outcomes for text in each.differences] == []
    assert [text for each in outcomes for text in each.unknown] == []
    assert {each.where for each in outcomes if each.reason} <= WITHOUT_DATA
