from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.errors import Refusal
from gemba.methods.action_priority import TABLE, customer_severity, read_table

rating = st.integers(1, 10)


@given(rating, rating, rating, st.integers(0, 2))
def test_a_worse_rating_never_lowers_the_priority(severity, occurrence, detection, which):
    ratings = [severity, occurrence, detection]
    worse = [min(10, each + (at == which)) for at, each in enumerate(ratings)]
    assert "LMH".index(TABLE.priority(*ratings)) <= "LMH".index(TABLE.priority(*worse))


@given(rating, rating, rating, st.sampled_from("HML"))
def test_a_changed_cell_changes_its_band_and_nothing_else(severity, occurrence, detection, priority):
    changed = TABLE.changed(severity, occurrence, detection, priority, "ours")
    assert changed.priority(severity, occurrence, detection) == priority
    assert changed.name == "ours"
    apart = sum(
        a != b
        for one, other in zip(TABLE.rows, changed.rows, strict=True)
        for a, b in zip("".join(one), "".join(other), strict=True)
    )
    assert apart <= 1


def written():
    return {
        f"{low}-{high}": {f"{a}-{b}": word for (a, b), word in zip(TABLE.occurrence, row, strict=True)}
        for (low, high), row in zip(TABLE.severity, TABLE.rows, strict=True)
    }


def test_a_table_is_read_as_people_edit_it():
    assert read_table(written(), TABLE.name) == TABLE


@pytest.mark.parametrize(
    "spoil",
    [
        lambda table: table.pop("1-1"),
        lambda table: table["9-10"].update({"8-10": "HHH"}),
        lambda table: table["9-10"].update({"8-10": "HHHX"}),
        lambda table: table["7-8"].pop("1-1"),
        lambda table: table.update({"high": table.pop("9-10")}),
    ],
)
def test_a_spoilt_table_is_refused(spoil):
    table = written()
    spoil(table)
    with pytest.raises(Refusal, match=r"methods\.table"):
        read_table(table, "ours")


def test_the_customers_severity_counts_when_it_is_worse():
    assert customer_severity(4, 7) == (7, True)
    assert customer_severity(4, 6) == (6, False)
    assert customer_severity(8, 2) == (8, False)


def test_other_letters_and_ratings_are_refused():
    with pytest.raises(Refusal, match=r"methods\.priority"):
        TABLE.changed(1, 1, 1, "X", "ours")
    with pytest.raises(Refusal, match=r"methods\.outside"):
        TABLE.priority(0, 1, 11)
