"""A template's own grade bands."""

from __future__ import annotations

import pytest

from gemba import kinds
from gemba.errors import Refusal
from gemba.forms.views import Scale, Score
from gemba.kinds.bands import banded, check_bands
from gemba.kinds.model import Facts
from gemba.kinds.telling import scale_title
from gemba.wording import sentence

CHECKLIST = kinds.by_code("checklist")


def facts(percent: float, **more: Scale) -> Facts:
    return Facts(score=Score(percent, 100.0, percent, (), (), 0, {f"/d/{n}": (1.0, 1.0) for n in range(9)}, more))


def test_a_template_moves_the_bounds_of_its_kind() -> None:
    own = banded(CHECKLIST, "good 85 fair 60")
    assert [own.conclude(facts(percent)).grade for percent in (85, 84.9, 60, 59.9)] == ["good", "fair", "fair", "poor"]
    assert CHECKLIST.conclude(facts(85)).grade == "fair"


def test_what_is_not_named_keeps_its_bound() -> None:
    assert banded(CHECKLIST, "good 95").conclude(facts(70)).grade == "fair"
    assert banded(CHECKLIST, "") is CHECKLIST


@pytest.mark.parametrize(
    "bands", ["good", "good high", "excellent 90", "good 120", "good 60 fair 85", "poor 10", "open 5", "good nan"]
)
def test_bands_that_cannot_be_used_are_refused_when_asked_and_change_nothing(bands: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_bands(CHECKLIST, bands)
    assert "good 85 fair 60" in sentence(refused.value)
    assert banded(CHECKLIST, bands) is CHECKLIST


def test_further_scores_are_told_apart_from_the_main_one() -> None:
    outcome = CHECKLIST.conclude(facts(92, compliance=Scale(3, 4, 75.0), speed=Scale(0, 0, None)))
    assert outcome.scales == {"compliance": 75.0}
    assert "Compliance: 75.0 %." in outcome.summary


def test_a_scale_is_called_by_its_name_in_words() -> None:
    assert scale_title("customer_effort") == "Customer effort"
