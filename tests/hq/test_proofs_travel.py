"""Proof of what was done reaches headquarters byte for byte, is held, comes back down, and is erased there, too."""

from __future__ import annotations

from pathlib import Path

from tests.hq.test_escalations_travel import sent
from tests.work.complaining import complain
from tests.work.test_escalations import case
from tests.work.test_proofs import action_on, promised

from gemba.domain.actions import Action
from gemba.hq import intake
from gemba.hq.publishing import publish
from gemba.store.checking import check
from gemba.work import commitments, follow_action
from gemba.work.cards import write_card
from gemba.work.desk import Desk
from gemba.work.erase import erase
from gemba.work.escalations import escalate
from gemba.work.photo_pairs import files_of, pairs_of
from gemba.work.places import add_place
from gemba.work.proofs import add_proof, last_step, proofs_of, told_of
from gemba.work.take_in import take_in


def test_photos_and_files_of_actions_promises_and_steps(
    laptop: Desk, hq: Desk, tmp_path: Path, queue_photo: bytes, sideways_photo: bytes
) -> None:
    site = add_place(laptop, "Harbour").uid
    intake.enrol(hq, write_card(laptop, tmp_path / "card").file)
    action, promise = action_on(laptop, site), promised(laptop, site)
    escalation = escalate(laptop, case(site)).uid
    with laptop.reader() as reader:
        step = last_step(reader, escalation)
    follow_action.done(laptop, action, "Scanned", files=[("after.jpg", sideways_photo), ("list.csv", b"a;b")])
    commitments.keep(laptop, promise, "It is open", files=[("counter.jpg", queue_photo)])
    add_proof(laptop, "escalation_step", step, [("mail.eml", b"Could you lend us one?")])
    with laptop.reader() as reader:
        assert [one.is_held for one in told_of(laptop, reader, proofs_of(reader, "action", action))] == [False, False]
    sent(laptop, hq, tmp_path / "receipts")

    with hq.reader() as reader:
        there = reader.get(Action, action)
        assert there is not None
        (pair,) = pairs_of(reader, there)
        (letter,) = files_of(reader, there)
        (counter,) = proofs_of(reader, "commitment", promise)
        (mail,) = proofs_of(reader, "escalation_step", step)
        assert all(one.is_held and one.is_here for one in told_of(hq, reader, [letter, counter, mail]))
    assert pair.after is not None
    read = hq.store.evidence.read
    assert [read(one.sha256) for one in (pair.after, letter, counter, mail)] == [
        sideways_photo,
        b"a;b",
        queue_photo,
        b"Could you lend us one?",
    ]
    with laptop.reader() as reader:
        assert [one.is_held for one in told_of(laptop, reader, proofs_of(reader, "action", action))] == [True, True]
    assert [check(one.store) for one in (laptop, hq)] == [[], []]


def test_what_goes_with_a_complaint_goes_at_headquarters(
    laptop: Desk, hq: Desk, tmp_path: Path, queue_photo: bytes
) -> None:
    site = add_place(laptop, "Harbour").uid
    intake.enrol(hq, write_card(laptop, tmp_path / "card").file)
    complaint = complain(laptop, place=site)
    action = action_on(laptop, site, complaint=complaint)
    add_proof(laptop, "action", action, [("letter to Ada.jpg", queue_photo)])
    sent(laptop, hq, tmp_path / "receipts")
    with hq.reader() as reader:
        (kept,) = proofs_of(reader, "action", action)
    assert hq.store.evidence.has(kept.sha256)
    erase(laptop, "complaint", complaint, "Asked for")
    sent(laptop, hq, tmp_path / "receipts")
    with hq.reader() as reader:
        (gone,) = proofs_of(reader, "action", action)
    assert (gone.name, hq.store.evidence.has(kept.sha256)) == ("", False)
    assert [check(one.store) for one in (laptop, hq)] == [[], []]


def test_what_headquarters_adds_comes_down_with_what_it_proves(
    laptop: Desk, hq: Desk, tmp_path: Path, queue_photo: bytes
) -> None:
    site = add_place(laptop, "Harbour").uid
    intake.enrol(hq, write_card(laptop, tmp_path / "card").file)
    action = action_on(laptop, site)
    sent(laptop, hq, tmp_path / "receipts")
    add_proof(hq, "action", action, [("seen on a visit.jpg", queue_photo)])
    take_in(laptop, publish(hq, tmp_path / "down").file)
    with laptop.reader() as reader:
        (came,) = told_of(laptop, reader, proofs_of(reader, "action", action))
    assert (came.item.name, came.is_here, came.is_held) == ("seen on a visit.jpg", True, True)
    assert laptop.store.evidence.read(came.item.sha256) == queue_photo
    assert check(laptop.store) == []
