from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gemba.reports.typeset.bidi import base_level
from gemba.reports.typeset.book import FontBook
from gemba.reports.typeset.lines import Setter
from gemba.reports.typeset.pieces import Span, Style, cleaned

STYLE = Style(10, 14)


def _lines(text: str, width: float = 60, *, base: int | None = None, language: str = "en"):
    spans = cleaned([Span(text, STYLE)])
    level = base_level(spans[0].text) if base is None else base
    return Setter(spans, FontBook(language), level).lines(width)


def _said(line) -> str:
    return "".join(piece.text for piece in line.pieces)


@settings(max_examples=60, deadline=None)
@given(
    st.text(st.characters(codec="utf-8", exclude_characters="\u00ad"), max_size=80), st.sampled_from([12.0, 30.0, 90.0])
)
def test_no_line_is_wider_than_its_room(text, width):
    assert all(line.width <= width + 0.01 or len(line.pieces) == 1 for line in _lines(text, width))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text("abcdeñ0123-/", min_size=1, max_size=90), max_size=12))
def test_nothing_is_lost_or_doubled_at_the_ends_of_lines(words):
    text = " ".join(words)
    said = "".join(_said(line) for line in _lines(text, 40)).replace(" ", "")
    assert said == text.replace(" ", "")


def test_lines_end_between_words():
    assert [_said(line) for line in _lines("one two three four five six", 25)] == ["one two three", "four five six"]


def test_a_line_break_in_the_text_begins_a_line():
    assert [_said(line) for line in _lines("one\r\n\ntwo\u2028three")] == ["one", "", "two", "three"]


def test_han_may_be_broken_anywhere_but_not_before_its_stops():
    lines = [_said(line) for line in _lines("\ufffd" * 3 + " " + "x、" * 40, 30)]
    assert not any(line.startswith("、") for line in lines)


def test_a_long_address_is_broken_at_its_signs():
    first = _said(_lines("https://intranet.example.com/quality/audits/2026/templates/walk", 50)[0])
    assert first.endswith(("/", ".", "-"))


def test_arabic_letters_are_joined():
    (line,) = _lines("بيت")
    (piece,) = line.pieces
    alone = {_lines(letter)[0].pieces[0].shaped.glyphs[0].number for letter in "بيت"}
    joined = [glyph.number for glyph in piece.shaped.glyphs]
    assert 0 not in joined
    assert alone.isdisjoint(joined[1:])


def test_arabic_glyphs_stand_from_right_to_left():
    (line,) = _lines("بيت")
    assert [glyph.text for glyph in line.pieces[0].shaped.glyphs] == ["ت", "ي", "ب"]


def test_latin_and_numbers_keep_their_order_inside_arabic():
    (line,) = _lines("الخط Line 2 جيد 12.5", 120)
    said = [piece.text for piece in line.pieces if piece.text.strip()]
    assert said == ["12.5", "جيد", "Line", "2", "الخط"]


def test_accents_stay_on_their_letters():
    (line,) = _lines("e\u0301 x\u0301")
    assert _said(line).startswith("é x\u0301")
    marks = line.pieces[-1].shaped.glyphs
    assert all(glyph.number for glyph in marks)


@pytest.mark.parametrize("text", ["\u200d\u200d", "\u2066\u2069", "", "\u202e"])
def test_text_that_leaves_no_ink_is_an_empty_line(text):
    (line,) = _lines(text)
    assert line.width == 0
    assert line.height > 0


def test_each_character_takes_the_first_font_that_has_it():
    (line,) = _lines("A Ж Ω ع ש → ✓", 120, base=0)
    names = [piece.face.name for piece in line.pieces if piece.text.strip()]
    assert names[:3] == ["NotoSans-Regular"] * 3
    assert names[3:5] == ["NotoSansHebrew-Regular", "NotoSansArabic-Regular"]  # as they stand, not as they are read
    assert all("Math" in name or "Symbols" in name for name in names[5:])
