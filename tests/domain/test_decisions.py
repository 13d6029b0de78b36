"""Imported decisions are known again by source and key, and go by one number everywhere."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from gemba.domain.decisions import decision_uid, imported_number

words = st.text(max_size=30)


@given(words, words)
def test_the_same_source_and_key_make_the_same_record(source: str, key: str) -> None:
    uid = decision_uid(source, key)
    assert uid == decision_uid(source, key)
    assert imported_number(uid) == imported_number(uid)
    assert re.fullmatch(r"D-[A-HJKMNP-Z0-9]{6}-[A-HJKMNP-Z0-9]{4}", imported_number(uid))


def test_numbers_of_a_long_log_differ() -> None:
    assert len({imported_number(decision_uid("till", str(key))) for key in range(20_000)}) == 20_000
