from __future__ import annotations

import pytest
from bidi import get_display
from hypothesis import given, settings
from hypothesis import strategies as st

from gemba.reports.typeset.bidi import base_level, levels, visual

_TEXTS = st.text("abZ ابتلم עבר 0123456789٠١٢ +-*/.,:%€#()[]{}!?&\u0301\u064b", min_size=1, max_size=40)
_WITH_CONTROLS = st.text(
    "ab اب עב 12٣ +,%()!\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", max_size=30
)


def _shown(text: str, base: int) -> str:
    """The line as it runs on paper, from left to right."""
    found = levels(text, base)
    end = len(text.rstrip())
    found[end:] = [base] * (len(text) - end)  # L1: spaces at the end of a line
    return "".join(visual(text, found))


@settings(max_examples=500)
@given(_TEXTS, st.sampled_from([0, 1]))
def test_lines_run_as_the_unicode_algorithm_says(text, base):
    expected = get_display(text, base_dir="RL"[1 - base])
    assert _shown(text, base) == expected


@settings(max_examples=500)
@given(_WITH_CONTROLS, st.sampled_from([0, 1]))
def test_embeddings_overrides_and_isolates_run_as_the_unicode_algorithm_says(text, base):
    controls = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))
    expected = get_display(text, base_dir="RL"[1 - base]).translate(controls)
    if text.translate(controls) == text.translate(controls).rstrip():
        assert _shown(text, base).translate(controls) == expected


@pytest.mark.parametrize(
    ("text", "default", "base"),
    [
        ("abc", 1, 0),
        ("سلام", 0, 1),
        ("12 سلام", 0, 1),
        ("12,5 %", 1, 1),
        ("12,5 %", 0, 0),
        ("\u2067سلام\u2069 abc", 0, 0),
    ],
)
def test_a_paragraph_runs_as_its_first_letter(text, default, base):
    assert base_level(text, default) == base


def test_numbers_stay_readable_inside_arabic():
    text = "النتيجة 82.4 % من 100"
    assert "82.4" in _shown(text, 1)
    assert _shown(text, 1).startswith("100")
