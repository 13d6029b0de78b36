from __future__ import annotations

import pytest

from gemba.errors import Refusal
from gemba.methods.agreement.attribute import Band, attribute_agreement

STANDARD = ["good", "good", "bad", "bad", "good"]
SURE = [("good", "good"), ("good", "good"), ("bad", "bad"), ("bad", "bad"), ("good", "good")]
UNSURE = [("good", "bad"), ("good", "good"), ("bad", "good"), ("bad", "bad"), ("good", "good")]


def test_each_appraiser_is_held_against_himself_and_the_standard():
    told = attribute_agreement({"A": SURE, "B": UNSURE}, STANDARD, {"bad"})
    sure, unsure = told.appraisers["A"], told.appraisers["B"]
    assert sure.within.share == sure.effectiveness.share == 1
    assert sure.band is Band.GOOD
    assert (unsure.within.hits, unsure.effectiveness.hits) == (3, 3)
    assert (unsure.miss.hits, unsure.miss.n) == (1, 4)
    assert (unsure.false_alarm.hits, unsure.false_alarm.n) == (1, 6)
    assert unsure.band is Band.POOR
    assert told.between.hits == told.all_right.hits == 3


def test_agreeing_with_each_other_is_not_being_right():
    wrong = [("bad", "bad"), *SURE[1:]]
    told = attribute_agreement({"A": wrong, "B": wrong}, STANDARD, {"bad"})
    assert told.between.share == 1
    assert told.all_right.share == 0.8


def test_a_study_without_bad_items_knows_no_miss():
    told = attribute_agreement({"A": [("good",)]}, ["good"], {"bad"})
    assert told.appraisers["A"].miss is None
    assert told.appraisers["A"].band is Band.GOOD


def test_everyone_must_judge_the_same_items():
    with pytest.raises(Refusal, match=r"methods\.lengths"):
        attribute_agreement({"A": SURE[:4]}, STANDARD, {"bad"})
    with pytest.raises(Refusal, match=r"methods\.too_few"):
        attribute_agreement({}, STANDARD, {"bad"})
