"""What the registers of guardrails, measures and audits refuse, and what follows from their fields."""

from __future__ import annotations

import pytest
from tests.kinds.registers.test_registers import sample

from gemba.errors import Refusal
from gemba.kinds.registers.audits import share_words
from gemba.kinds.registers.checking import checked
from gemba.kinds.registers.registry import ALL, register_named


def full(code: str, **said: str) -> dict[str, str]:
    return {field.code: sample(field) for field in register_named(code).fields} | said


def refused(code: str, state: str, **said: str) -> str:
    with pytest.raises(Refusal) as error:
        checked(register_named(code), full(code, **said), state)
    return error.value.code.removeprefix("kinds.register_")


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [(code, *pair) for code, register in ALL.items() for pair in register.in_order],
)
def test_what_comes_first_may_not_come_last(code: str, first: str, last: str) -> None:
    register = register_named(code)
    state = register.states[-1].code
    early, late = (
        ("6", "20") if (field := register.field(first)) and field.sort == "number" else ("2026-01-31", "2026-02-01")
    )
    assert checked(register, full(code, **{first: early, last: late}), state)[last] == late
    assert checked(register, full(code, **{first: late, last: late}), state)[first] == late
    assert refused(code, state, **{first: late, last: early}) == "order"


@pytest.mark.parametrize(
    ("code", "one", "owed"),
    [(code, *pair) for code, register in ALL.items() for pair in register.together],
)
def test_one_field_owes_another(code: str, one: str, owed: str) -> None:
    register = register_named(code)
    state = register.states[0].code
    assert refused(code, state, **{owed: " "}) in {"together", "needs"}
    assert owed not in checked(register, full(code, **{one: "", owed: ""}), state)


def test_months_and_quarters_have_one_form() -> None:
    assert (
        checked(register_named("metric_audit"), full("metric_audit", quarter="2026q3"), "open")["quarter"] == "2026-Q3"
    )
    assert refused("metric_audit", "open", quarter="autumn") == "quarter"
    assert refused("discretion_review", "planned", month="2026-13") == "month"
    assert refused("discretion_review", "planned", month="March") == "month"


def test_a_score_of_impact_owes_its_evidence() -> None:
    register = register_named("impact_assessment")
    assert refused("impact_assessment", "open", impact_evidence="") == "together"
    said = full("impact_assessment", impact="4", reach="100", confidence="50", effort="10")
    assert [one.value for one in register.derive(said)] == ["4 of 5", "20.0"]
    assert "evidence" in register.derive({})[0].value


def test_a_trade_off_is_decided_with_an_end_and_a_signal() -> None:
    for missing in ("decision", "decided_by", "until", "reopens"):
        assert refused("trade_off", "decided", **{missing: ""}) == "needs"
    assert register_named("trade_off").expires == "until"


def test_an_exception_has_an_end() -> None:
    assert refused("exception_standard", "draft", valid_until="") == "needs"


def test_privacy_is_told_by_its_worst_check() -> None:
    derive = register_named("data_use_audit").derive
    good = full("data_use_audit", fits="yes")
    assert derive(good)[0].tone == "good"
    assert derive(good | {"consent": "unknown"})[0].tone == "fair"
    assert derive(good | {"consent": "no", "kept": "unknown"})[0].tone == "poor"
    assert derive(good | {"fits": "part"})[0].tone == "poor"


def test_owners_are_told_in_words() -> None:
    derive = register_named("ownership").derive
    assert derive({"role": "Adviser"}) == ()
    assert "no owner" in derive({})[0].value
    assert "two owners" in derive({"role": "Adviser / Back office"})[0].value


def test_a_look_into_a_document_says_where() -> None:
    derive = register_named("document_audit").derive
    assert derive({"found": "missing"})[0].tone == "poor"
    assert derive({"found": "yes", "version": "3"})[0].tone == "fair"
    assert derive({"found": "yes", "version": "3", "where": "p. 4"}) == ()


def test_shares_are_told_with_their_interval() -> None:
    assert share_words(4, 10) == "4 of 10 (17 – 69 %)"
    assert share_words(0, 0) == "no chance seen yet"
    assert register_named("behaviour_adoption").derive({"seen": "5", "chances": "4"})[0].tone == "poor"


def test_a_calibration_comes_due() -> None:
    (derived,) = register_named("metric_audit").derive({"recalibrated_on": "2026-08-31"})
    assert derived.value == "between 2028-02-29 and 2028-08-31"
