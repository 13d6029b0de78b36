"""One calibration session: its rounds, its raters, its cases, and what comes next."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from gemba import wording
from gemba.domain.calibration import CalibrationSession, CalibrationState
from gemba.ui.audits.calibration_next import CalibrationNext
from gemba.ui.pages.share_walk import ShareWalk
from gemba.ui.parts.badges import Badges
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.facts import Facts
from gemba.ui.parts.figure_table import FigureTable
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.work.calibration_blind import open_round
from gemba.work.calibration_facts import RoundFacts, SessionFacts, facts_of
from gemba.work.calibration_words import (
    change_words,
    level_title,
    progress_words,
    rater_words,
    round_words,
    state_title,
)
from gemba.work.desk import Desk
from gemba.work.share_records import SharedPack, share

_TONES = {
    CalibrationState.FIRST: "note",
    CalibrationState.ANCHORS: "fair",
    CalibrationState.SECOND: "note",
    CalibrationState.CLOSED: "good",
}


def read_session(desk: Any, uid: str) -> SessionFacts | None:
    """What the detail shows; on a job's thread."""
    with desk.reader() as reader:
        if reader.get(CalibrationSession, uid) is None:
            return None
        return facts_of(reader, uid, desk.person.uid)


def draw_session(frame: Any, body: QVBoxLayout, facts: SessionFacts) -> None:
    """Put a session into the detail: its head, what comes next, then round by round."""
    about = facts.session
    body.addWidget(Words(about.number, tone="muted", scale="small"))
    body.addWidget(Words(about.title, scale="heading", wrap=True))
    badges = Badges()
    badges.say((state_title(about.state), _TONES[about.state]))
    body.addWidget(badges)
    body.addWidget(_doing(frame, facts))
    if change_words(facts):
        body.addWidget(Words(change_words(facts), strong=True, wrap=True))
    for one in facts.rounds:
        body.addWidget(_round(one))
    body.addWidget(_cases(facts))
    rows = [
        (level_title(level), about.anchors_after.get(level) or about.anchors.get(level, "")) for level in about.levels
    ]
    if any(words for _, words in rows):
        anchors = Card(wording.text("What each level means"), look="inset")
        anchors.body.addWidget(Facts(*rows, parent=anchors))
        body.addWidget(anchors)
    if about.learned:
        learned = Card(wording.text("What was learned"), look="inset")
        learned.body.addWidget(Words(about.learned, wrap=True, parent=learned))
        body.addWidget(learned)


def _doing(frame: Any, facts: SessionFacts) -> Card:
    """What comes next, for everybody and for who made the session."""
    about = facts.session
    card = Card(look="inset")
    flow = Flow()
    if open_round(about) is not None:
        card.body.addWidget(Words(progress_words(facts), wrap=True, parent=card))
        words = wording.plural("Rate {n} case", "Rate {n} cases", len(facts.left)) if facts.left else ""
        words = words or wording.text("Look at your ratings")
        run = partial(frame.rate, about.uid)
        flow.addWidget(Button(words, name="calibration.rate", icon="scale", run=run, parent=card))
    sharing = ShareWalk(frame.services, about.uid, card, seal=_seal, title=wording.text("Share this session"))
    words = wording.text("Share with another rater")
    flow.addWidget(Button(words, name="calibration.share", icon="send", look="quiet", run=sharing.begin, parent=card))
    step = CalibrationNext(frame.services, about, parent=card)
    for button in step.buttons:
        flow.addWidget(button)
    card.body.addLayout(flow)
    card.body.addWidget(sharing)
    card.body.addWidget(step)
    return card


def _round(one: RoundFacts) -> Card:
    card = Card(wording.text("Round {n}", n=one.round), look="inset")
    for words in round_words(one):
        card.body.addWidget(Words(words, wrap=True, parent=card))
    if one.is_closed and one.raters:
        heads = (wording.text("Rater"), wording.text("Cases"), wording.text("Right by the standard (95 %)"))
        table = FigureTable(f"calibration.raters.{one.round}", wording.text("Raters"), heads, numbers=(1,), most=8)
        table.put([(each.name, str(each.rated), rater_words(each)) for each in one.raters])
        card.body.addWidget(table)
    return card


def _cases(facts: SessionFacts) -> Card:
    """Each case with what was given, as far as the viewer may see it."""
    card = Card(wording.text("Cases"), look="inset")
    rounds = [wording.text("Round {n}", n=one.round) for one in facts.rounds]
    heads = (wording.text("Case"), wording.text("Standard"), *rounds)
    table = FigureTable("calibration.cases", wording.text("Cases"), heads, most=10)
    standards = facts.session.standards
    rows = [
        (
            f"{code} · {said}",
            level_title(standards[code]) if code in standards else "–",
            *(_levels(one, code) for one in facts.rounds),
        )
        for code, said in facts.cases.items()
    ]
    last = len(heads) - 1
    table.put(rows, [{last: "fair"} if code in facts.hardest else {} for code in facts.cases])
    card.body.addWidget(table)
    return card


def _levels(one: RoundFacts, code: str) -> str:
    given = list(one.levels[code].values())
    return ", ".join(f"{level_title(level)} {given.count(level)}" for level in sorted(set(given))) or "–"


def _seal(desk: Desk, uid: str, whom: str, folder: Path) -> SharedPack:
    return share(desk, [], whom, folder, sessions=[uid])
