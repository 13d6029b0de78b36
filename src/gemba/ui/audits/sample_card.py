"""The sample of an audit: what was drawn, what it can and cannot show, and its proof."""

from __future__ import annotations

from typing import Any

import msgspec
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.domain.people import Person
from gemba.domain.programmes import Audit, AuditState
from gemba.store.reading import Reader
from gemba.ui import terms
from gemba.ui.audits.draw_sample_form import DrawSampleForm
from gemba.ui.audits.samples_apart_form import SamplesApartForm
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.facts import Facts
from gemba.ui.parts.figure_table import FigureTable
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.work.draw_sample import DRAWABLE
from gemba.work.import_decisions import undated
from gemba.work.redraw_sample import Redrawn, redraw
from gemba.work.sample_facts import SampleFacts, facts_of, strata_title
from gemba.work.sample_words import double_words, in_short, redrawn_words, replaced_words
from gemba.work.samples_apart import standing
from gemba.work.to_judge import sample_of

OPEN_STATES = frozenset({AuditState.PLANNED, AuditState.OPEN, AuditState.RESPONDING})
"""States in which people may still agree on one of several samples."""


class SampleShown(msgspec.Struct, frozen=True):
    """What the card shows."""

    facts: SampleFacts | None
    """`None` while nothing was drawn."""
    apart: str = ""
    """That several were drawn apart; empty when there is one."""
    choices: tuple[tuple[str, str], ...] = ()
    """Uid and words of each that was drawn apart; empty when there is one."""
    undated: int = 0
    """Decisions without a date that imports refused."""


class SampleCard(Card):
    """What was drawn and how, and the buttons that draw and prove.

    Args:
        frame: the tab.
        audit: that is shown.
        shown: as read.
        parent: the owner.
    """

    def __init__(self, frame: Any, audit: Audit, shown: SampleShown, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("Sample"), look="inset", parent=parent)
        self._services, self._facts = frame.services, shown.facts
        if shown.facts is None:
            words = wording.text("Nothing is drawn yet: the decisions to be judged are drawn by chance, with a proof.")
            self.body.addWidget(Words(words, tone="muted", wrap=True, parent=self))
        else:
            if shown.apart:
                self.body.addWidget(Words(shown.apart, tone="poor", wrap=True, parent=self))
            self._tell(shown.facts)
        self.told = Words("", wrap=True, parent=self)
        self.told.hide()
        self.body.addWidget(self.told)
        self._put_buttons(audit, shown)

    @staticmethod
    def read(desk: Any, audit: Audit) -> SampleShown | None:
        """The card is there while a sample may be drawn, and where one was; on a job's thread."""
        with desk.reader() as reader:
            sample = sample_of(reader, audit.uid)
            if sample is None:
                return SampleShown(None, undated=undated(reader)) if audit.state in DRAWABLE else None
            facts = facts_of(reader, sample.uid)
            return SampleShown(facts, replaced_words(reader, facts), _apart(reader, audit), undated(reader))

    def _tell(self, facts: SampleFacts) -> None:
        sample = facts.sample
        self.body.addWidget(Words(in_short(facts), strong=True, wrap=True, parent=self))
        self.body.addWidget(Words(double_words(facts), wrap=True, parent=self))
        self.body.addWidget(Words(wording.text("What it can show"), scale="small", tone="muted", parent=self))
        for words in facts.shows:
            self.body.addWidget(Words(words, wrap=True, parent=self))
        self.body.addWidget(Words(wording.text("What it cannot"), scale="small", tone="muted", parent=self))
        for words in facts.hides:
            self.body.addWidget(Words(words, wrap=True, parent=self))
        if sample.strata:
            self.body.addWidget(_strata(facts))
        self.body.addWidget(
            Facts(
                (wording.text("Frame"), f"{sample.frame_count} · {sample.frame_sha256}"),
                (wording.text("Seed"), sample.seed),
                (wording.text("Algorithm"), sample.algorithm),
                (wording.text("Drawn on"), terms.day(sample.drawn_at.date())),
                (wording.text("Drawn again because"), sample.reason),
                parent=self,
            )
        )

    def _put_buttons(self, audit: Audit, shown: SampleShown) -> None:
        flow, facts = Flow(), shown.facts
        may_draw = audit.state in DRAWABLE and not (audit.lead_handed_in_at or audit.second_handed_in_at)
        self.form = DrawSampleForm(self._services, audit, again=facts is not None, undated=shown.undated, parent=self)
        self.agreeing = SamplesApartForm(self._services, audit, shown.choices, self)
        if shown.choices:
            words = wording.text("Agree on one")
            flow.addWidget(Button(words, name="sample.agree", icon="check", run=self.agreeing.start, parent=self))
        elif may_draw:
            words = wording.text("Draw a sample") if facts is None else wording.text("Draw again")
            look = "" if facts is None else "quiet"
            flow.addWidget(
                Button(words, name="sample.draw", icon="layers", look=look, run=self.form.begin, parent=self)
            )
        if facts is not None:
            prove = wording.text("Prove it: draw it again and compare")
            flow.addWidget(Button(prove, name="sample.prove", icon="badge-check", run=self.prove, parent=self))
        self.body.addLayout(flow)
        self.body.addWidget(self.agreeing)
        self.body.addWidget(self.form)

    @Slot()
    def prove(self) -> None:
        """Draw the sample again from its kept frame, beside the window."""
        if self._facts is not None:
            self._services.jobs.ask(redraw, self._services.desk, self._facts.sample.uid, done=self._proved)

    def _proved(self, found: Redrawn) -> None:
        self.told.setText("\n".join(redrawn_words(found)))
        self.told.set_tone("good" if found.is_same else "poor")
        self.told.show()


def _apart(reader: Reader, audit: Audit) -> tuple[tuple[str, str], ...]:
    """Each sample that was drawn apart: who drew it, when, and how much of what."""
    found = standing(reader, audit.uid) if audit.state in OPEN_STATES else []
    people = {one.uid: one.name for one in reader.many(Person, sorted({one.person for one in found}))}
    return tuple(
        (
            one.uid,
            wording.text(
                "{n} of {all}, seed {seed} · {name}, {day}",
                n=one.count,
                all=one.frame_count,
                seed=one.seed,
                name=people.get(one.person, ""),
                day=terms.day(one.drawn_at.date()),
            ),
        )
        for one in (found if len(found) > 1 else [])
    )


def _strata(facts: SampleFacts) -> FigureTable:
    heads = (strata_title(facts.sample.strata), wording.text("Drawn"))
    table = FigureTable("sample.strata", wording.text("Strata"), heads, numbers=(1,), most=6)
    table.put(
        [(one.name, wording.text("{n} of {all}", n=one.drawn, all=one.population)) for one in facts.strata],
    )
    return table
