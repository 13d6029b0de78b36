"""What a laptop tells of itself is read for what it is; what cannot be says nothing."""

from __future__ import annotations

import pytest

from gemba.work.laptop_told import Told, read_told


@pytest.mark.parametrize("number", [0, 1, 3_000_007, 2**53 - 1])
def test_a_number_that_a_publication_may_have_is_read(number: int) -> None:
    told = read_told(b'{"publication": %d, "erasures": ["one"]}' % number)
    assert told == Told(publication=number, erasures=("one",))


@pytest.mark.parametrize("number", ["-1", str(2**53), "9" * 32, "-" + "9" * 32, "1e300", "1.5", "true", "null"])
def test_a_number_that_no_publication_can_have_says_nothing(number: str) -> None:
    assert read_told(b'{"publication": %s}' % number.encode()) == Told()


@pytest.mark.parametrize("said", [b"", b"[]", b"nothing", b"[" * 100_000, b'{"erasures": 7}'])
def test_what_is_no_such_document_says_nothing(said: bytes) -> None:
    assert read_told(said) == Told()
