from __future__ import annotations

import hashlib
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.errors import Refusal
from gemba.methods.sampling.acceptance import LETTERS, PERCENTS, SIZES, Inspection, cell, code_letter, plan
from gemba.methods.sampling.allocation import neyman, neyman_shares, proportional
from gemba.methods.sampling.frame import draw_sample, draw_stratified, freeze_frame, is_same_draw
from gemba.methods.sampling.sizes import chance_of_none, size_for_discovery, size_for_precision

IDS = [f"D-{at:03d}" for at in range(40)]
SAMPLE = ("D-025", "D-001", "D-034", "D-027", "D-015")
ids = st.sets(st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"])), min_size=1, max_size=40)


@given(ids, st.randoms(), st.text(), st.data())
def test_the_order_of_the_list_changes_nothing(names, random, seed, data):
    n = data.draw(st.integers(1, len(names)))
    listed = sorted(names)
    random.shuffle(listed)
    one, other = draw_sample(freeze_frame(names), n, seed), draw_sample(freeze_frame(listed), n, seed)
    assert one == other
    assert len(set(one.ids)) == n
    assert is_same_draw(one, freeze_frame(listed))


def test_the_frame_is_named_by_the_hash_of_its_lines():
    assert freeze_frame(["b", "a"]).sha256 == hashlib.sha256(b"a\nb\n").hexdigest()


def test_a_sample_stays_what_it_was():
    drawn = draw_sample(freeze_frame(IDS), 5, "2026-Q3")
    assert drawn.ids == SAMPLE
    assert drawn.algorithm == "mt19937-1"


def test_a_changed_frame_or_seed_is_noticed():
    drawn = draw_sample(freeze_frame(IDS), 5, "s")
    assert not is_same_draw(drawn, freeze_frame(IDS[1:]))
    assert drawn.ids != draw_sample(freeze_frame(IDS), 5, "t").ids


def test_strata_are_drawn_each_by_itself():
    frame, stratum_of = freeze_frame(IDS), {name: "north" if name < "D-010" else "south" for name in IDS}
    drawn = draw_stratified(frame, stratum_of, {"south": 6, "north": 3}, "s")
    assert [stratum_of[each] for each in drawn.ids] == ["north"] * 3 + ["south"] * 6
    assert is_same_draw(drawn, frame, stratum_of)
    alone = draw_stratified(frame, stratum_of, {"north": 3}, "s")
    assert alone.ids == drawn.ids[:3]


@pytest.mark.parametrize(
    ("work", "code"),
    [
        (lambda: freeze_frame([]), "too_few"),
        (lambda: freeze_frame(["a", "a"]), "twice"),
        (lambda: freeze_frame(["a\nb"]), "line_feed"),
        (lambda: draw_sample(freeze_frame(["a"]), 2, "s"), "outside"),
        (lambda: draw_sample(freeze_frame(["a"]), 0, "s"), "too_few"),
        (lambda: size_for_precision(0, 0.05), "outside"),
        (lambda: size_for_precision(10, 0), "outside"),
        (lambda: size_for_discovery(10, 0), "outside"),
        (lambda: proportional({}, 1), "too_few"),
        (lambda: proportional({"a": 3}, 4), "outside"),
        (lambda: plan(1, 1.0), "outside"),
        (lambda: plan(100, 3.0), "aql"),
    ],
)
def test_what_cannot_be_drawn_is_refused(work, code):
    with pytest.raises(Refusal, match=rf"methods\.{code}"):
        work()


@given(st.integers(1, 400), st.floats(0.01, 1))
def test_discovery_takes_the_first_size_that_shows_one(population, share):
    n, bad = size_for_discovery(population, share), max(1, round(population * share))
    assert chance_of_none(population, bad, n) <= 0.05 + 1e-9
    assert n == 1 or chance_of_none(population, bad, n - 1) > 0.05 - 1e-9


@given(st.integers(1, 100_000), st.floats(0.01, 0.3))
def test_precision_needs_no_more_than_all_and_no_more_than_an_endless_list(population, margin):
    n = size_for_precision(population, margin)
    assert 1 <= n <= population
    assert n <= math.ceil((1.96 / margin) ** 2 / 4)
    assert n <= size_for_precision(population + 1, margin)


strata = st.dictionaries(st.text(max_size=3), st.integers(1, 200), min_size=1, max_size=8)


@given(strata, st.integers(0, 5), st.data())
def test_shares_of_a_sample_add_up_and_keep_their_least(populations, minimum, data):
    n = data.draw(st.integers(1, sum(populations.values())))
    spreads = {name: data.draw(st.floats(0, 10)) for name in populations}
    for found in (proportional(populations, n, minimum), neyman(populations, spreads, n, minimum)):
        least = sum(min(minimum, size) for size in populations.values())
        assert sum(found.values()) == max(n, least)
        assert all(min(minimum, size) <= found[name] <= size for name, size in populations.items())


@given(strata, st.integers(1, 50))
def test_without_any_spread_neyman_is_proportional(populations, n):
    whole = sum(populations.values())
    shares = neyman_shares(populations, dict.fromkeys(populations, 0.0), n)
    assert shares == pytest.approx({name: n * size / whole for name, size in populations.items()})


@given(st.integers(2, 10**6), st.sampled_from(PERCENTS), st.sampled_from(Inspection))
def test_every_lot_has_a_plan_that_good_lots_pass(lot, aql, level):
    found = plan(lot, aql, level)
    assert found.reject == found.accept + 1
    assert found.n == SIZES[LETTERS.index(found.letter)]
    assert found.every_item == (found.n >= lot)
    assert found.accepted_share(aql / 100) > 0.85
    assert found.accepted_share(0) == 1


@given(st.integers(2, 10**6), st.sampled_from(Inspection))
def test_letters_never_fall_with_the_lot(lot, level):
    assert code_letter(lot, level) <= code_letter(lot + 1, level)


def test_the_table_ends_with_the_plan_above():
    assert cell("R", 0.015) == "down"
    assert plan(600_000, 0.015, Inspection.III).letter == "P"
    assert plan(600_000, 0.010, Inspection.III).letter == "Q"


def test_a_small_lot_at_a_high_level_takes_the_plan_below_when_none_stands_above() -> None:
    for lot in (2, 5, 8):
        found = plan(lot, 10.0)
        assert (found.letter, found.n, found.accept) == ("C", 5, 1)


@pytest.mark.parametrize(
    ("letter", "aql", "told"),
    [
        ("A", 25.0, 1),
        ("A", 1000.0, 30),
        ("B", 1000.0, 44),
        ("C", 1000.0, "up"),
        ("D", 400.0, 44),
        ("E", 250.0, 44),
        ("E", 400.0, "up"),
        ("F", 65.0, 21),
        ("F", 100.0, "up"),
        ("R", 0.065, 3),
    ],
)
def test_levels_above_percent_count_nonconformities(letter: str, aql: float, told: int | str) -> None:
    assert cell(letter, aql) == told


def test_none_found_still_allows_some():
    assert plan(60, 1.0).still_allowed() == pytest.approx(0.2058, abs=5e-5)
