"""The playbook of the demonstration: one pattern whose proof stands, live at one more place."""

from __future__ import annotations

from tests.work.spreading import sites

from gemba.domain.patterns import Pattern
from gemba.domain.transfer_states import TransferState
from gemba.work.demonstrate_patterns import spread
from gemba.work.desk import Desk
from gemba.work.pattern_facts import pattern_facts


def test_its_proof_stands_and_it_is_live_elsewhere(desk: Desk) -> None:
    spread(desk, sites(desk))
    with desk.reader() as reader:
        (one,) = reader.find(Pattern)
        facts = pattern_facts(reader, one.uid)
    assert facts.warning == ""
    assert all(proof.counts for proof in facts.proofs)
    (carried,) = facts.carried
    assert carried.state is TransferState.LIVE
    assert [check.result.value for check in carried.checks] == ["holds", "due", "due"]
