"""How far the two auditors of an audit agree; while they judge apart, only who has handed in."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.domain.programmes import Audit
from gemba.ui.lineage.behind import Behind, Part
from gemba.ui.lineage.number_link import NumberLinks
from gemba.ui.pages.share_walk import ShareWalk
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.figure_table import FigureTable
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.work.agreement import Agreement, AuditAgreement, Strength, of_audit, pairs_behind
from gemba.work.agreement_words import alpha_words, open_words, percent_words, reading, sentences
from gemba.work.desk import Desk
from gemba.work.double_judging import Doubles, doubles
from gemba.work.share_records import SharedPack, share
from gemba.work.to_judge import sample_of

TONES = {Strength.RELIABLE: "good", Strength.TENTATIVE: "fair", Strength.LOW: "poor"}


class AgreementShown(msgspec.Struct, frozen=True):
    """What the card shows."""

    doubles: Doubles
    agreement: AuditAgreement | None
    """`None` while it is blind."""


class AgreementCard(Card):
    """Agreement, and what is still to be settled.

    Args:
        frame: the tab.
        audit: that is shown.
        shown: as read.
        parent: the owner.
    """

    def __init__(self, frame: Any, audit: Audit, shown: AgreementShown, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("Agreement"), look="inset", parent=parent)
        self._frame, self._uid = frame, audit.uid
        if shown.agreement is None:
            self._tell_blind(shown.doubles)
        else:
            self._tell(shown.agreement)
        flow = Flow()
        if shown.agreement is not None and (shown.agreement.unsettled or shown.agreement.settled):
            flow.addWidget(
                Button(
                    wording.text("Look at the disagreements"),
                    name="agreement.settle",
                    icon="scale",
                    run=self.settle,
                    once=True,
                    parent=self,
                )
            )
        title = wording.text("Share this audit")
        self.share = ShareWalk(frame.services, audit.uid, self, seal=seal_audit, title=title)
        words = wording.text("Share with the other auditor")
        look = "quiet" if shown.agreement is not None else ""
        flow.addWidget(Button(words, name="agreement.share", icon="send", look=look, run=self.share.begin, parent=self))
        self.body.addLayout(flow)
        self.body.addWidget(self.share)

    @staticmethod
    def read(desk: Any, audit: Audit) -> AgreementShown | None:
        """The card is there where two judge; on a job's thread."""
        with desk.reader() as reader:
            sample = sample_of(reader, audit.uid)
            if audit.second is None or sample is None or not sample.double_count:
                return None
            found = doubles(reader, audit.uid)
            return AgreementShown(found, None if found.waiting_for else of_audit(reader, audit.uid))

    @Slot()
    def settle(self) -> None:
        """Go to the list of disagreements."""
        self._frame.enter("settling", self._uid)

    def _tell_blind(self, found: Doubles) -> None:
        words = wording.text("Both judge apart: nobody sees what the other says until both have handed in.")
        self.body.addWidget(Words(words, wrap=True, parent=self))
        for name in found.waiting_for:
            self.body.addWidget(
                Words(wording.text("{name} has not handed in.", name=name), tone="muted", wrap=True, parent=self)
            )

    def _tell(self, found: AuditAgreement) -> None:
        if found.overall is None:
            self.body.addWidget(Words(wording.text("Both judged nothing in common."), tone="muted", parent=self))
        else:
            first, *rest = sentences(found.overall)
            tone = TONES.get(found.overall.strength, "")
            self.body.addWidget(Words(first, strong=True, tone=tone, wrap=True, parent=self))
            for words in rest:
                self.body.addWidget(Words(words, wrap=True, parent=self))
            judged = NumberLinks("agreement.cases", self)
            judged.put(_behind(self._uid, found.overall, str(2 * found.overall.cases), wording.text("judgements")))
            self.body.addWidget(judged)
        for words in open_words(found):
            self.body.addWidget(Words(words, tone="fair" if found.unsettled else "muted", wrap=True, parent=self))
        if len(found.by_goal) > 1:
            self.body.addWidget(agreement_table("agreement.goals", wording.text("Goal"), found.by_goal, self._uid))


def agreement_table(name: str, title: str, found: tuple[Agreement, ...], audit: str) -> FigureTable:
    """Agreement by goal; its numbers open the judgements of both."""
    heads = (title, wording.text("Same verdict"), wording.text("Alpha (95 %)"), wording.text("Reading"))
    table = FigureTable(name, wording.text("Agreement"), heads, numbers=(1, 2), most=8)
    rows = [(one.name, percent_words(one), alpha_words(one), reading(one.strength)) for one in found]
    behind = [
        {1: _behind(audit, one, percent_words(one), one.name), 2: _behind(audit, one, alpha_words(one), one.name)}
        for one in found
    ]
    table.put(rows, [{3: TONES.get(one.strength, "")} for one in found], behind)
    return table


def _behind(audit: str, one: Agreement, number: str, title: str) -> Behind:
    """The judgements of both auditors from which an agreement is worked out."""
    how = wording.plural(
        "Krippendorff's alpha and the share of the same verdicts, of {n} case that both judged.",
        "Krippendorff's alpha and the share of the same verdicts, of {n} cases that both judged.",
        one.cases,
    )
    return Behind(number=number, title=title, count=2 * one.cases, read=partial(_read_pairs, audit, one.key), how=how)


def _read_pairs(audit: str, goal: str, desk: Any) -> Sequence[Part]:
    with desk.reader() as reader:
        found = pairs_behind(reader, audit, goal)
    titles = (wording.text("Lead auditor"), wording.text("Second auditor"))
    return [Part(title, tuple(("judgement", pair[at]) for pair in found)) for at, title in enumerate(titles)]


def seal_audit(desk: Desk, uid: str, whom: str, folder: Path) -> SharedPack:
    """Seal an audit for another laptop."""
    return share(desk, [], whom, folder, audits=[uid])
