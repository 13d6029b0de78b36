"""Where rows stand: always in order, without gaps or overlaps, whatever was measured."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gemba.ui.conduct.offsets import Offsets

KEYS = st.lists(st.text("abcdefgh", min_size=1, max_size=4), unique=True, min_size=1, max_size=40)


def laid(keys: list[str], heights: dict[str, int]) -> Offsets:
    offsets = Offsets(lambda _: 50, gap=lambda _: 10, margin=20)
    offsets.order(keys)
    for key, height in heights.items():
        offsets.measure(key, height)
    return offsets


@given(KEYS, st.dictionaries(st.text("abcdefgh", min_size=1, max_size=4), st.integers(1, 900)))
def test_each_row_begins_where_the_one_before_ends(keys: list[str], heights: dict[str, int]) -> None:
    offsets = laid(keys, heights)
    top = 20
    for key in keys:
        assert offsets.top(key) == top
        top += offsets.height(key) + 10
    assert offsets.total() == top - 10 + 20


@given(KEYS, st.integers(-500, 5000))
def test_the_row_at_a_height_holds_it_or_is_the_nearest(keys: list[str], y: int) -> None:
    offsets = laid(keys, {})
    key = keys[offsets.at(y)]
    assert y < 20 or offsets.top(key) <= y or key == keys[0]
    assert key == keys[-1] or y < offsets.top(key) + offsets.height(key) + 10


def test_what_was_measured_stays_when_rows_come_and_go() -> None:
    offsets = laid(["a", "b", "c"], {"b": 200})
    offsets.order(["a", "x", "b"])
    assert offsets.height("b") == 200
    assert offsets.top("b") == 20 + 60 + 60
    assert offsets.index("c") == -1


def test_measuring_tells_whether_anything_moved() -> None:
    offsets = laid(["a", "b"], {})
    assert not offsets.measure("a", 50), "as was guessed"
    assert offsets.measured("a")
    assert offsets.measure("a", 60)
    assert not offsets.measure("a", 60)
    offsets.forget()
    assert offsets.height("a") == 50


def test_nothing_has_no_rows() -> None:
    offsets = laid([], {})
    assert offsets.at(100) == -1
    assert list(offsets.within(0, 1000)) == []


@given(
    KEYS,
    st.lists(
        st.tuples(
            st.sampled_from(["measure", "forget"]), st.text("abcdefgh", min_size=1, max_size=2), st.integers(1, 90)
        )
    ),
)
def test_one_row_after_the_other_is_counted_like_all_at_once(
    keys: list[str], turns: list[tuple[str, str, int]]
) -> None:
    offsets = laid(keys, {})
    heights: dict[str, int] = {}
    for does, key, height in turns:
        if does == "measure":
            offsets.measure(key, height)
            heights[key] = height
        else:
            offsets.forget_these([key])
            heights.pop(key, None)
        assert offsets.total() == laid(keys, heights).total()
        assert [offsets.top(each) for each in keys] == [laid(keys, heights).top(each) for each in keys]
