from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_samples import photo

from gemba.reports.paper.pictures import Picture, fitted

sides = st.integers(1, 8000)
lengths = st.floats(1, 200)


@given(sides, sides, lengths, lengths)
def test_a_photo_fills_its_box_one_way_and_keeps_its_shape(width, height, box_width, box_height):
    wide, high = fitted(width, height, box_width, box_height)
    assert wide <= box_width * 1.0001
    assert high <= box_height * 1.0001
    assert wide / high == pytest.approx(width / height)
    assert wide == pytest.approx(box_width) or high == pytest.approx(box_height)


def test_the_file_is_believed_before_the_facts():
    honest = photo(400, 300)
    lying = type(honest)(jpeg=honest.jpeg, width=300, height=400)
    assert Picture(lying, 500).height(100) == pytest.approx(75)
