"""Colours must be read by everybody, on screen and on a grey printer."""

from __future__ import annotations

import pytest

from gemba.reports.paper import look


def _light(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    bright, dark = sorted((_light(one), _light(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("ground", ["#FFFFFF", look.RAISED, look.GHOST])
@pytest.mark.parametrize("ink", [look.INK, look.MUTED, look.ACCENT])
def test_text_has_contrast(ink, ground):
    assert _contrast(ink, ground) >= 4.5


@pytest.mark.parametrize("tone", look.TONES)
def test_tones_have_contrast_on_their_ground_and_on_paper(tone):
    ink, ground = look.TONES[tone]
    assert _contrast(ink, ground) >= 4.5
    assert _contrast(ink, "#FFFFFF") >= 4.5


def test_the_room_for_text_is_what_the_margins_leave():
    assert pytest.approx(look.PAGE_WIDTH) == look.WIDTH + 2 * look.SIDE
    assert pytest.approx(look.PAGE_HEIGHT) == look.HEIGHT + look.TOP + look.BOTTOM
