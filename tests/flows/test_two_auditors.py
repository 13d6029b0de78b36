"""Two auditors judge the same decisions apart, on laptops of their own; packs bring both together, in any order."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.conftest import Clock, new_uid
from tests.work.auditing import another_person, decide, plan_audit, promise
from tests.work.sampling import drawn, items

from gemba.domain.assessments import Assessment
from gemba.domain.calibration import CalibrationRating
from gemba.domain.judgements import AgreedVerdict, AlignmentVerdict, Constraint, Judgement, agreed_uid
from gemba.domain.programmes import Audit, AuditState
from gemba.domain.samples import Sample
from gemba.domain.templates import Template
from gemba.errors import Refusal
from gemba.hq import intake
from gemba.hq.founding import found
from gemba.hq.publishing import publish
from gemba.store import conflicts, selections
from gemba.store.checking import check
from gemba.work import calibration, calibration_facts, conduct, enrolment, samples_apart
from gemba.work.blind import is_blind
from gemba.work.cards import write_card
from gemba.work.desk import Desk
from gemba.work.double_judging import Settling, doubles, settle, unsettled
from gemba.work.judge import hand_in, judge
from gemba.work.judgement_rules import Said
from gemba.work.open_desk import make_desk, open_desk
from gemba.work.places import add_place
from gemba.work.redraw_sample import redraw
from gemba.work.send_pack import seal
from gemba.work.settle_conflict import settle as settle_conflict
from gemba.work.settle_conflict import take_side
from gemba.work.share_records import share
from gemba.work.take_in import take_in

ALIGNED, CONTRARY = AlignmentVerdict.ALIGNED, AlignmentVerdict.CONTRARY


class Two(NamedTuple):
    """Two laptops, a headquarters, an audit of twelve decisions of which both judge six."""

    lead: Desk
    second: Desk
    hq: Desk
    audit: str
    goal: str
    stick: Path
    place: str

    def share(self, by: Desk, to: Desk) -> None:
        take_in(to, share(by, [], to.store.device.id, self.stick, audits=[self.audit]).file)

    def send(self, *laptops: Desk) -> None:
        for laptop in laptops:
            with suppress(Refusal):  # nothing new
                for pack in seal(laptop):
                    intake.take_in(self.hq, pack.file, self.stick)

    def publish(self) -> None:
        file = publish(self.hq, self.stick).file
        for laptop in (self.lead, self.second):
            take_in(laptop, file)

    def double(self) -> list[str]:
        with self.lead.reader() as reader:
            sample = reader.find(Sample, audit=self.audit)[-1]
        return [one.decision for one in items(self.lead, sample) if one.is_double]

    def said(self, verdict: AlignmentVerdict) -> Said:
        against = {} if verdict is ALIGNED else {"constraint": Constraint.BUDGET}
        return Said(verdict=verdict, evidence_for="Seen in the file", **against)

    def judge_all(self, by: Desk, contrary: int = 0) -> None:
        """Judge all that this auditor has to judge, the first of the double share as contrary; and hand in."""
        both = self.double()
        with by.reader() as reader:
            sample = reader.find(Sample, audit=self.audit)[-1]
        mine = [one.decision for one in items(by, sample)] if by is self.lead else both
        for uid in mine:
            judge(by, self.audit, uid, self.goal, self.said(CONTRARY if uid in both[:contrary] else ALIGNED))

    def settling(self, verdict: AlignmentVerdict = CONTRARY, reason: str = "The file shows it") -> Settling:
        return Settling(verdict=verdict, reason=reason, present="Both auditors")


@pytest.fixture
def two(desk: Desk, tmp_path: Path, ticking: Clock) -> Iterator[Two]:
    stick = tmp_path / "stick"
    stick.mkdir()
    found(tmp_path / "hq", clock=ticking, ids=new_uid, name="Meridian", demo=True)
    hq = open_desk(tmp_path / "hq", clock=ticking, ids=new_uid)
    ben = make_desk(tmp_path / "ben", clock=ticking, ids=new_uid, demo=True, person_name="Ben Bell")
    for laptop in (desk, ben):
        take_in(laptop, hq.store.folder / "headquarters.card")
        (tmp_path / laptop.store.device.id).mkdir()
        card = write_card(laptop, tmp_path / laptop.store.device.id)
        enrolment.enrol(hq, card.file, card.fingerprint)
        enrolment.enrol(ben if laptop is desk else desk, card.file, card.fingerprint)
    with ben.reader() as reader:
        template = reader.find(Template, kind="area_audit")[0].uid
    walk = conduct.start(ben, template, add_place(ben, "Anywhere").uid).uid
    take_in(desk, share(ben, [walk], desk.store.device.id, stick).file)  # the lead learns who Ben is
    place, decider, goal = add_place(desk, "Harbour").uid, another_person(desk, "Dee"), promise(desk)
    for n in range(12):
        decide(desk, place, date(2026, 1, 5) + timedelta(days=n), decider=decider)
    said = {"second": ben.person.uid, "double_share": 0.5, "state": AuditState.OPEN}
    audit = plan_audit(desk, place, "2026-Q1", **said)
    drawn(desk, audit, "all", seed="both")
    yield Two(desk, ben, hq, audit, goal, stick, place)
    for each in (hq, ben):
        each.store.close()


def judgements_here(desk: Desk, of: Desk) -> int:
    """How many judgements of a person are in a store, in its journal or its tables."""
    with desk.reader() as reader:
        kept = {one.uid for one in reader.find(Judgement)}
        journal = {uid for _, uid in selections.written_since(reader, 0, {"judgement"}, own=False)}
        own = {uid for _, uid in selections.written_since(reader, 0, {"judgement"}, own=True)}
    assert kept == journal
    return len(own) if of is desk else len(journal - own)


def blind(desk: Desk, audit: str) -> bool:
    with desk.reader() as reader:
        about = reader.get(Audit, audit)
        assert about is not None
        return is_blind(reader, about)


def left(desk: Desk, audit: str) -> tuple[str, ...]:
    with desk.reader() as reader:
        return unsettled(reader, audit)


def test_the_second_gets_all_it_takes_to_judge_and_to_draw_again(two: Two) -> None:
    two.judge_all(two.lead)
    two.share(two.lead, two.second)
    with two.second.reader() as reader:
        sample = reader.find(Sample, audit=two.audit)[0]
    found_again = redraw(two.second, sample.uid)
    assert (found_again.is_same, found_again.since.is_changed) == (True, False)
    assert judgements_here(two.second, two.lead) == 0
    two.judge_all(two.second)
    assert judgements_here(two.second, two.second) == 6


def test_no_shared_pack_shows_what_the_other_said_before_both_have_handed_in(two: Two) -> None:
    two.judge_all(two.lead, contrary=2)
    two.share(two.lead, two.second)
    two.judge_all(two.second)
    two.share(two.second, two.lead)
    assert judgements_here(two.lead, two.second) == 0
    hand_in(two.second, two.audit)
    two.share(two.second, two.lead)  # tells that Ben has handed in, and not what
    assert judgements_here(two.lead, two.second) == 0
    assert blind(two.lead, two.audit)
    two.share(two.lead, two.second)
    assert judgements_here(two.second, two.lead) == 0
    hand_in(two.lead, two.audit)
    assert not blind(two.lead, two.audit)
    assert left(two.lead, two.audit) == ("6 verdicts of the other auditor are not here yet; take in their pack.",)
    two.share(two.lead, two.second)
    two.share(two.second, two.lead)
    for laptop in (two.lead, two.second):
        assert left(laptop, two.audit) == ("2 disagreements are not settled.",)
        assert check(laptop.store) == []


def test_sharing_the_conduct_alone_shows_nothing_either(two: Two) -> None:
    with two.lead.reader() as reader:
        template = reader.find(Template, kind="area_audit")[0].uid
        place = reader.get(Audit, two.audit)
        assert place is not None
    of = conduct.start(two.lead, template, place.place).uid
    with two.lead.unit() as unit:
        unit.change(Audit, two.audit, assessment=of)
    two.judge_all(two.lead)
    take_in(two.second, share(two.lead, [of], two.second.store.device.id, two.stick).file)
    with two.second.reader() as reader:
        assert reader.get(Assessment, of) is not None
        assert reader.get(Audit, two.audit) is not None
    assert judgements_here(two.second, two.lead) == 0


def test_publications_show_nothing_before_and_both_sides_afterwards(two: Two) -> None:
    two.share(two.lead, two.second)
    two.judge_all(two.lead, contrary=1)
    two.judge_all(two.second)
    hand_in(two.lead, two.audit)
    two.send(two.lead, two.second)
    mine = _of(two.hq, two.lead)
    with two.hq.unit() as unit:  # headquarters has a part in one of them, as after a conflict was settled there
        unit.change(Judgement, mine[0], note="settled at headquarters")
    two.publish()
    assert judgements_here(two.second, two.lead) == 0
    assert judgements_here(two.lead, two.second) == 0
    hand_in(two.second, two.audit)
    two.send(two.lead, two.second)
    two.publish()
    assert left(two.lead, two.audit) == left(two.second, two.audit) == ("1 disagreement is not settled.",)
    with two.second.reader() as reader:
        one = reader.get(Judgement, mine[0])
        assert one is not None
        assert one.note == "settled at headquarters"
    decision = two.double()[0]
    settle(two.lead, two.audit, decision, two.goal, two.settling())
    two.send(two.lead)
    two.publish()
    assert left(two.second, two.audit) == ()


def _of(desk: Desk, auditor: Desk) -> list[str]:
    with desk.reader() as reader:
        return [one.uid for one in reader.find(Judgement, auditor=auditor.person.uid)]


def both_in(two: Two, contrary: int = 2) -> None:
    two.share(two.lead, two.second)
    two.judge_all(two.lead, contrary=contrary)
    two.judge_all(two.second)
    hand_in(two.lead, two.audit)
    hand_in(two.second, two.audit)
    two.send(two.second, two.lead)
    two.publish()


def test_nothing_is_settled_before_and_only_by_both_with_a_reason(two: Two) -> None:
    two.share(two.lead, two.second)
    two.judge_all(two.lead, contrary=1)
    decision = two.double()[0]
    with pytest.raises(Refusal, match=r"work\.still_blind"):
        settle(two.lead, two.audit, decision, two.goal, two.settling())
    two.judge_all(two.second)
    hand_in(two.lead, two.audit)
    hand_in(two.second, two.audit)
    two.send(two.lead, two.second)
    two.publish()
    for settling, code in (
        (two.settling(reason=" "), "work.agreed_without_reason"),
        (Settling(verdict=CONTRARY, reason="Seen", present=""), "work.agreed_by_nobody"),
    ):
        with pytest.raises(Refusal) as refused:
            settle(two.lead, two.audit, decision, two.goal, settling)
        assert refused.value.code == code
    with pytest.raises(Refusal, match=r"work\.nothing_to_settle"):
        settle(two.lead, two.audit, two.double()[1], two.goal, two.settling())
    settle(two.lead, two.audit, decision, two.goal, two.settling())
    with two.lead.reader() as reader:
        agreed = reader.find(AgreedVerdict, audit=two.audit)[0]
        assert doubles(reader, two.audit).is_settled
    assert (agreed.verdict, agreed.constraint, len(agreed.judgements)) == (CONTRARY, Constraint.BUDGET, 2)


def test_contradicting_agreements_are_a_conflict_that_people_settle(two: Two) -> None:
    both_in(two, contrary=1)
    decision = two.double()[0]
    settle(two.lead, two.audit, decision, two.goal, two.settling(CONTRARY))
    settle(two.second, two.audit, decision, two.goal, two.settling(ALIGNED, "It was promised only later"))
    two.share(two.lead, two.second)
    two.share(two.second, two.lead)
    uid = agreed_uid(two.audit, decision, two.goal)
    for laptop in (two.lead, two.second):
        assert left(laptop, two.audit) == ("1 verdict was set differently on two laptops; settle the conflict.",)
    with two.lead.reader() as reader:
        open_one = conflicts.of_record(reader, "agreed_verdict", uid)
        shown = {reader.get(AgreedVerdict, uid), *two_agreed(two.second, uid)}
    assert open_one is not None
    assert len(shown) == 1  # both laptops show the same side until it is settled
    assert {"verdict", "reason"} <= {one.field for one in open_one.fields}
    choices = take_side(open_one, two.second.store.device.id)
    settle_conflict(two.lead, "agreed_verdict", uid, choices, "We looked again, together")
    two.share(two.lead, two.second)
    for laptop in (two.lead, two.second):
        assert left(laptop, two.audit) == ()
        with laptop.reader() as reader:
            agreed = reader.get(AgreedVerdict, uid)
        assert agreed is not None
        assert agreed.verdict is ALIGNED


def two_agreed(desk: Desk, uid: str) -> list[AgreedVerdict | None]:
    with desk.reader() as reader:
        return [reader.get(AgreedVerdict, uid)]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_packs_merge_in_any_order(two: Two, order: tuple[int, int]) -> None:
    two.share(two.lead, two.second)
    two.judge_all(two.lead, contrary=2)
    two.judge_all(two.second)
    hand_in(two.lead, two.audit)
    hand_in(two.second, two.audit)
    laptops = (two.lead, two.second)
    two.send(*(laptops[at] for at in order))
    assert left(two.hq, two.audit) == ("2 disagreements are not settled.",)
    two.publish()
    with two.lead.reader() as ours, two.second.reader() as theirs:
        mine, other = doubles(ours, two.audit), doubles(theirs, two.audit)
    assert [(one.lead.uid, one.second.uid, one.differs) for one in mine.pairs] == [
        (one.lead.uid, one.second.uid, one.differs) for one in other.pairs
    ]
    assert len(mine.pairs) == 6


def test_samples_that_were_drawn_apart_are_chosen_from_by_people(two: Two) -> None:
    other = plan_audit(two.lead, two.place, "2026-Q1", second=two.second.person.uid, state=AuditState.OPEN)
    first = drawn(two.lead, other, n=3, seed="lead")
    take_in(two.second, share(two.lead, [], two.second.store.device.id, two.stick, audits=[other]).file)
    again = drawn(two.second, other, n=2, seed="second", reason="Too many")
    take_in(two.lead, share(two.second, [], two.lead.store.device.id, two.stick, audits=[other]).file)
    with two.lead.unit() as unit:  # as if neither had known of the other's
        unit.change(Sample, again.uid, replaces=None)
    with two.lead.reader() as reader:
        assert [one.uid for one in samples_apart.standing(reader, other)] == [again.uid, first.uid]
        assert unsettled(reader, other)[0].startswith("2 samples were drawn apart")
    with pytest.raises(Refusal, match=r"work\.samples_apart"):
        drawn(two.lead, other, n=4, reason="More")
    with pytest.raises(Refusal, match=r"work\.sample_again"):
        samples_apart.choose(two.lead, first.uid, " ")
    samples_apart.choose(two.lead, first.uid, "It came first")
    with two.lead.reader() as reader:
        assert [one.uid for one in samples_apart.standing(reader, other)] == [first.uid]
        assert unsettled(reader, other) == ()
    with pytest.raises(Refusal, match=r"work\.nothing_drawn_apart"):
        samples_apart.choose(two.lead, first.uid, "Once more")


def test_raters_on_two_laptops_are_blind_until_the_round_is_closed(two: Two) -> None:
    cases = {f"c{n}": f"Case {n}" for n in range(6)} | {"d": f"decision:{two.double()[0]}"}
    session = calibration.make(two.lead, calibration.NewSession(title="Waived fees", cases=cases)).uid

    def give(by: Desk, to: Desk) -> None:
        take_in(to, share(by, [], to.store.device.id, two.stick, sessions=[session]).file)

    def seen(desk: Desk) -> int:
        with desk.reader() as reader:
            return len(reader.find(CalibrationRating, session=session))

    for case in cases:
        calibration.rate(two.lead, session, case, "part")
    give(two.lead, two.second)
    assert seen(two.second) == 7  # they travel, as the lead's own, and are shown to nobody
    with two.second.reader() as reader:
        facts = calibration_facts.facts_of(reader, session, two.second.person.uid)
    assert (facts.rounds[0].raters, facts.rounds[0].alpha, len(facts.left)) == ((), None, 7)
    assert facts.cases["d"].startswith("D-")
    for case in cases:
        calibration.rate(two.second, session, case, "aligned")
    give(two.second, two.lead)
    calibration.close_round(two.lead, session)
    give(two.lead, two.second)
    with two.second.reader() as reader:
        facts = calibration_facts.facts_of(reader, session, two.second.person.uid)
    assert [one.rated for one in facts.rounds[0].raters] == [7, 7]
    assert facts.rounds[0].percent == 0.0
