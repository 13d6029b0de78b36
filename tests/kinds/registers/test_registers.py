"""Every register is declared so that a form can be made of it, and holds what is written to its declaration."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.domain.nouns import NOUNS
from gemba.domain.vocabularies import Facet
from gemba.errors import Refusal
from gemba.kinds.registers.checking import checked
from gemba.kinds.registers.model import FieldSort, Register, RegisterField
from gemba.kinds.registers.registry import ALL, register_named

EACH = pytest.mark.parametrize("register", ALL.values(), ids=list(ALL))


def sample(field: RegisterField) -> str:
    low = 1 if field.low is None else field.low
    return {
        FieldSort.NUMBER: str(low),
        FieldSort.DATE: "2026-03-31",
        FieldSort.MONTH: "2026-03",
        FieldSort.QUARTER: "2026-Q1",
        FieldSort.CHOICE: field.options[0].code if field.options else "",
        FieldSort.LINK: f"{field.nouns[0]}:u" if field.nouns else "",
    }.get(field.sort, "Words")


def whole(register: Register) -> dict[str, str]:
    """Something in every field, as many answers as results need among it."""
    full = {field.code: sample(field) for field in register.fields}
    full |= {number: str(least) for number, least, _ in register.fewest}
    return full | {last: full[first] for first, last in register.in_order}


@EACH
def test_a_declaration_is_whole(register: Register) -> None:
    codes = [field.code for field in register.fields]
    assert len(set(codes)) == len(codes)
    assert not any(code.startswith("_") for code in codes)
    for field in register.fields:
        assert bool(field.options) == (field.sort is FieldSort.CHOICE)
        assert bool(field.nouns) == (field.sort is FieldSort.LINK)
        assert (field.facet in set(Facet)) == (field.sort is FieldSort.CODE)
        assert set(field.nouns) <= set(NOUNS)
    assert set(register.links) <= set(NOUNS)
    assert {need for state in register.states for need in state.needs} <= set(codes)
    assert set(register.defines) <= set(codes)
    if register.expires:
        expires = register.field(register.expires)
        assert expires is not None
        assert expires.sort is FieldSort.DATE
    assert not register.states[0].is_over
    sorts = {field.code: field.sort for field in register.fields}
    assert set(register.telling) <= set(codes)
    for number, least, results in register.fewest:
        assert {number, *results} <= set(codes)
        assert least > 1
    for one, other in (*register.in_order, *register.together):
        assert {one, other} <= set(codes)
    for one, other in register.in_order:
        assert sorts[one] is sorts[other]
        assert sorts[one] in {FieldSort.DATE, FieldSort.NUMBER}
    assert register.purpose.endswith((".", "?"))


@EACH
def test_a_full_entry_is_kept_in_every_state_and_an_empty_one_in_none(register: Register) -> None:
    full = whole(register)
    for state in register.states:
        assert checked(register, full, state.code) == full
        with pytest.raises(Refusal, match="register_needs"):
            checked(register, {}, state.code)
    register.derive(full)
    register.derive({})


def test_what_a_field_refuses() -> None:
    post = register_named("listening_post")
    full = {field.code: sample(field) for field in post.fields}
    for given_, code in (
        ({"validity": "six"}, "register_number"),
        ({"validity": "6"}, "register_range"),
        ({"validity": "nan"}, "register_number"),
        ({"sort": "radio"}, "register_option"),
        ({"hears": "x" * 20_001}, "register_long"),
        ({"colour": "red"}, "register_field"),
    ):
        with pytest.raises(Refusal, match=code):
            checked(post, full | given_, "draft")
    with pytest.raises(Refusal, match="register_state"):
        checked(post, full, "nowhere")
    pilot = register_named("pilot")
    plan = {field.code: sample(field) for field in pilot.fields}
    for given_, code in (({"begins": "31/02/2026"}, "register_date"), ({"outcome": "place:x"}, "register_link")):
        with pytest.raises(Refusal, match=code):
            checked(pilot, plan | given_, "planned")
    with pytest.raises(Refusal, match="register_unknown"):
        register_named("defect_definitions")


def test_a_filler_is_no_co_author_and_no_result_is_kept_of_four() -> None:
    written = whole(register_named("standard_work"))
    for given_ in ("-", "n/a", "none yet"):
        with pytest.raises(Refusal, match="register_says_nothing"):
            checked(register_named("standard_work"), written | {"frontline": given_}, "draft")
    with pytest.raises(Refusal, match="register_needs"):
        checked(register_named("standard_work"), written | {"answers": ""}, "draft")
    pulse = register_named("rollout_pulse")
    few = whole(pulse) | {"answered": "4", "asked": "9"}
    with pytest.raises(Refusal, match="register_few"):
        checked(pulse, few, "open")
    kept = checked(pulse, few | {"understand": "", "able": "", "better": ""}, "open")
    assert "no result is told" in pulse.derive(kept)[1].value
    assert pulse.derive(checked(pulse, few | {"answered": "5"}, "open"))[1].value == "1.0 of 5 (n = 5)"
    with pytest.raises(Refusal, match="register_order"):
        checked(pulse, whole(pulse) | {"answered": "10", "asked": "9"}, "open")


def test_a_listening_post_is_worth_what_can_be_done_with_it() -> None:
    worth = register_named("listening_post").derive
    assert worth({})[0].tone == ""
    assert worth({"actionability": "5", "validity": "4", "burden": "2"})[0].tone == "good"
    assert worth({"actionability": "5", "validity": "4", "burden": "5"})[0].tone == "fair"
    assert worth({"actionability": "1", "validity": "2", "burden": "5"})[0].tone == "poor"


def test_an_erosion_that_ends_before_it_begins_is_told() -> None:
    days = register_named("value_erosion").derive
    assert days({"begins": "2026-03-01", "ends": "2026-03-03"})[0].value == "3"
    assert days({"begins": "2026-03-03", "ends": "2026-03-01"})[0].tone == "poor"


@given(st.text(max_size=30))
def test_checking_again_changes_nothing(words: str) -> None:
    pilot = register_named("pilot")
    plan = {field.code: sample(field) for field in pilot.fields} | {"hypothesis": words}
    if not words.strip():
        with pytest.raises(Refusal, match="register_needs"):
            checked(pilot, plan, "planned")
        return
    once = checked(pilot, plan, "planned")
    assert checked(pilot, once, "planned") == once
