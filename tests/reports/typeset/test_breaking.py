from __future__ import annotations

import pytest

from gemba.reports.typeset.breaking import good_break, words


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("one two", ["one ", "two"]),
        ("well-known", ["well-", "known"]),
        ("-5 to 10-20", ["-5 ", "to ", "10-20"]),
        ("12\u00a0% of", ["12\u00a0% ", "of"]),
        ("现场。巡视", ["现", "场。", "巡", "视"]),
        ("「现」A", ["「现」", "A"]),
        ("안녕 하세요", ["안녕 ", "하세요"]),
        ("", []),
        ("   ", ["   "]),
    ],
)
def test_lines_may_end_where_readers_expect(text, parts):
    assert [text[start:end] for start, _, end in words(text)] == parts


def test_a_long_word_is_cut_after_a_sign_when_one_is_near():
    assert good_break("aaaaa/bbb", 8) == 6
    assert good_break("aaaaaaaaa", 8) == 8
