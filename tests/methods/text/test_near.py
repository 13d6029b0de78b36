from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.errors import Refusal
from gemba.methods.text.near import Pair, evened, groups, likeness_of, near_pairs

LATE = "My parcel was promised for Monday and it is still not here, nobody answers the phone."


def by_hand(one: str, other: str) -> float:
    """Jaccard's likeness, as its definition says."""
    first, second = ({even[at : at + 5] for at in range(len(even) - 4)} for even in map(evened, (one, other)))
    return len(first & second) / len(first | second) if first and second else 0.0


def test_the_same_words_in_other_dress_are_the_same():
    assert near_pairs([LATE, "Something else entirely about fees", LATE.upper().replace(",", " -")]) == [
        Pair(0, 2, 1.0)
    ]


def test_a_word_more_is_near_and_another_complaint_is_not():
    pairs = near_pairs([LATE, LATE + " Please call.", "The fee was taken twice from my account last week."])
    assert [(pair.first, pair.second) for pair in pairs] == [(0, 1)]
    assert pairs[0].likeness == pytest.approx(by_hand(LATE, LATE + " Please call."))


@given(st.text(max_size=60), st.text(max_size=60))
def test_likeness_is_jaccards(one: str, other: str):
    assert likeness_of(one, other) == pytest.approx(by_hand(one, other))


def test_every_pair_above_the_level_is_found_and_none_below():
    chance = random.Random(4)
    words = [
        f"{a}{b}" for a in ("par", "cou", "fee", "car", "que") for b in ("cel", "nter", "ment", "ing", "ter", "lines")
    ]
    texts = []
    for _ in range(30):
        base = chance.choices(words, k=20)
        texts.append(" ".join(base))
        for _ in range(2):
            other = list(base)
            for _ in range(chance.randrange(1, 6)):
                other[chance.randrange(20)] = chance.choice(words)
            texts.append(" ".join(other))
    wanted = {
        (a, b) for a in range(len(texts)) for b in range(a + 1, len(texts)) if likeness_of(texts[a], texts[b]) >= 0.7
    }
    assert {(pair.first, pair.second) for pair in near_pairs(texts, 0.7)} == wanted
    assert len(wanted) > 15


def test_texts_that_hang_together_are_one_group():
    assert groups([Pair(0, 4, 0.9), Pair(4, 7, 0.9), Pair(2, 3, 1.0)]) == [(0, 4, 7), (2, 3)]


def test_very_short_texts_are_left_out():
    assert near_pairs(["ok", "ok", "", "", "!!!!!!!", "!!!!!!!"]) == []


def test_a_likeness_below_half_is_refused():
    with pytest.raises(Refusal, match="outside"):
        near_pairs(["a"], 0.3)


def test_somebody_may_stop_it():
    class Stopped(Exception):
        pass

    def stop(_done: float):
        raise Stopped

    with pytest.raises(Stopped):
        near_pairs([LATE, LATE + " x"], check=stop)
