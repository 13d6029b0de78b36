"""Words stay readable in every look and accent (WCAG 2.2 AA)."""

from __future__ import annotations

import pytest

from gemba.ui.theme.tokens import ACCENTS, Tokens, contrast, dark, light, tone

LOOKS = [pytest.param(make(accent), id=f"{make.__name__}-{accent}") for make in (light, dark) for accent in ACCENTS]
SURFACES = ("page", "card", "raised", "field")


@pytest.mark.parametrize("look", LOOKS)
def test_words_have_four_and_a_half_to_one_on_every_surface(look: Tokens):
    for surface in SURFACES:
        for words in ("ink", "muted", "accent_ink"):
            assert contrast(getattr(look, words), getattr(look, surface)) >= 4.5, (words, surface)


@pytest.mark.parametrize("look", LOOKS)
def test_words_on_coloured_grounds_have_four_and_a_half_to_one(look: Tokens):
    pairs = {
        "primary button": (look.on_accent, look.accent),
        "primary button under the pointer": (look.on_accent, look.accent_hover),
        "chosen row": (look.ink, look.selection),
        "chosen row, second line": (look.muted, look.selection),
        "accent on soft": (look.accent_ink, look.accent_soft),
        "navigation": (look.nav_muted, look.nav),
        "navigation, under the pointer": (look.nav_ink, look.nav_active),
    }
    weak = {name: round(contrast(*pair), 2) for name, pair in pairs.items() if contrast(*pair) < 4.5}
    assert not weak


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", ["good", "fair", "poor", "note", "accent", "plain"])
def test_tones_read_on_their_ground_on_cards_and_on_chosen_rows(look: Tokens, name: str):
    words, ground = tone(look, name)
    for surface in (ground, look.card, look.raised):
        assert contrast(words, surface) >= 4.5, (name, surface, round(contrast(words, surface), 2))


@pytest.mark.parametrize("look", LOOKS)
def test_marks_of_controls_have_three_to_one(look: Tokens):
    for surface in SURFACES:
        for mark in ("edge", "focus", "accent"):
            assert contrast(getattr(look, mark), getattr(look, surface)) >= 3, (mark, surface)
    assert contrast(look.nav_ink, look.nav_active) >= 3


def test_contrast_agrees_with_the_standards_own_examples():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
