from __future__ import annotations

import random

import pytest

from gemba.errors import Refusal
from gemba.methods.text.stop_words import stop_words_of
from gemba.methods.text.themes import phrases_of, themes

ENGLISH = stop_words_of(["The card of my son was lost"])
OTHERS = [
    "The fee was too high.",
    "The staff was friendly.",
    "I waited for the manager.",
    "Opening hours are short.",
] * 30
SET = [
    "The delivery date was moved again.",
    "Delivery date moved and nobody told me.",
    "New delivery date, no excuse.",
] * 5


def test_what_stands_in_the_set_and_not_elsewhere_is_a_theme_and_names_its_texts():
    first = themes(SET, OTHERS)[0]
    assert first.phrase == "delivery date"
    assert first.texts == tuple(range(15))
    assert (first.share, first.elsewhere) == (1.0, 0.0)
    assert first.q < 0.001


def test_parts_of_a_phrase_are_no_themes_of_their_own():
    found = {theme.phrase for theme in themes(SET, OTHERS)}
    assert not {"delivery", "date"} & found


def test_a_set_drawn_by_chance_has_hardly_a_theme():
    chance = random.Random(3)
    words = [f"word{at}" for at in range(200)]
    texts = [" ".join(chance.choices(words, k=12)) for _ in range(1_500)]
    assert len(themes(texts[:300], texts[300:])) <= 2


def test_without_a_background_the_commonest_phrases_are_told():
    found = themes(SET)
    assert found[0].phrase == "delivery date"
    assert found[0].q != found[0].q  # nothing was tested


def test_phrases_neither_begin_nor_end_with_a_stop_word_and_cross_no_full_stop():
    assert phrases_of("The card of my son. Lost twice!", ENGLISH) == {
        ("card",),
        ("son",),
        ("lost",),
        ("lost", "twice"),
        ("twice",),
    }
    assert ("bank", "of", "england") in phrases_of("Bank of England", ENGLISH)
    assert ("not", "arrived") in phrases_of("It has not arrived", ENGLISH)


def test_a_phrase_in_all_texts_of_the_set_is_no_error():
    assert themes(["card lost"] * 10, ["card lost"] * 10) == []


def test_no_text_is_refused():
    with pytest.raises(Refusal, match="too_few"):
        themes([])


def test_texts_without_a_word_have_no_themes():
    assert themes(["", "123", "the and of"]) == []


def test_stop_words_are_those_of_the_languages_that_are_written():
    mixed = ["The card was lost by the bank"] * 10 + ["Die Karte ist bei der Bank verloren"] * 10
    assert {"the", "der"} <= stop_words_of(mixed)
    assert "der" not in ENGLISH
    assert stop_words_of([]) == stop_words_of(["the the the"])


def test_phrases_that_always_come_together_are_one_theme():
    texts = [f"Since the update my savings are gone, case {at}" for at in range(8)]
    assert [theme.texts for theme in themes(texts, OTHERS)] == [tuple(range(8))]
