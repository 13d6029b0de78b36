"""One piece of closed work: what was done, the chart before and after, the looks, photos and files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QGridLayout, QWidget

from gemba import wording
from gemba.errors import Refusal
from gemba.ui import terms
from gemba.ui.findings.pairs_card import ShownPair, show_pairs
from gemba.ui.findings.photo_slot import PhotoSlot
from gemba.ui.insights.chart_table import ChartTable
from gemba.ui.insights.chart_view import ChartView
from gemba.ui.pages.detail import Detail
from gemba.ui.parts.badges import Badge, Badges
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.facts import Facts
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.links import LinkRow
from gemba.ui.parts.words import Words
from gemba.ui.playbook.shapes import transfer_state, transfer_tone
from gemba.ui.services import Services
from gemba.work.archive import PILOT, ArchiveFacts, archive_facts
from gemba.work.archive_words import what_words
from gemba.work.effect_words import result_title
from gemba.work.outcome import Outcome

_LOOKS = {"holds": "good", "partly": "fair", "regressed": "poor"}


class ArchiveShown(msgspec.Struct, frozen=True):
    """Closed work with what is to be seen of its photos."""

    facts: ArchiveFacts
    pairs: tuple[ShownPair, ...]


def read_archive(desk: Any, uid: str) -> ArchiveShown | None:
    """Everything that the detail shows; on a job's thread. `None` for what was opened again meanwhile."""
    try:
        facts = archive_facts(desk, uid)
    except Refusal:
        return None
    return ArchiveShown(facts, show_pairs(desk, facts.pairs))


def draw_archive(services: Services, detail: Detail, shown: ArchiveShown, save: Callable[[], None]) -> None:
    """Put closed work into the detail."""
    facts, body = shown.facts, detail.body
    body.addWidget(Words(f"{facts.number} · {facts.place}".rstrip(" ·"), tone="muted", scale="small"))
    body.addWidget(Words(facts.title, scale="heading", wrap=True))
    badges = Badges()
    state = (transfer_state(facts.state), transfer_tone(facts.state)) if facts.state else ("", "")
    badges.say((what_words(facts.what), "plain"), state)
    body.addWidget(badges)
    body.addWidget(
        Facts(
            (wording.text("Owner"), facts.owner),
            (wording.text("Live since"), terms.day(facts.live_on)),
            (wording.text("Closed on"), terms.day(facts.closed_on)),
            *facts.told,
        )
    )
    body.addWidget(_outcome(facts))
    if facts.checks:
        body.addWidget(_looks(facts))
    if shown.pairs:
        body.addWidget(_photos(shown.pairs))
    if facts.files:
        card = Card(wording.text("Files"), look="inset")
        for one in facts.files:
            card.body.addWidget(Words(one.name, wrap=True))
        body.addWidget(card)
    _ways(services, detail, facts)
    title = wording.text("Save as a document …")
    button = Button(title, name="archive.save", icon="download", look="quiet", run=save)
    body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)


def _outcome(facts: ArchiveFacts) -> Card:
    card = Card(wording.text("Outcome"), look="inset")
    if not facts.outcomes:
        words = wording.text("No measure belongs to it: whether it helped is told in words only.")
        card.body.addWidget(Words(words, tone="muted", wrap=True))
    for at, one in enumerate(facts.outcomes):
        _chart(card, one, at)
    return card


def _chart(card: Card, one: Outcome, at: int) -> None:
    card.body.addWidget(Words(one.title, strong=True, wrap=True))
    card.body.addWidget(Words(one.words, wrap=True))
    if one.chart.points:
        view = ChartView(f"archive.chart.{at}", card)
        view.show_chart(one.chart)
        table = ChartTable(card)
        table.show_chart(one.chart)
        card.body.addWidget(view)
        card.body.addWidget(table)
    card.body.addWidget(Words(one.baseline, tone="muted", scale="small", wrap=True))


def _looks(facts: ArchiveFacts) -> Card:
    card = Card(wording.text("Looked at again"), look="inset")
    for check in facts.checks:
        row = Flow()
        row.addWidget(Words(wording.text("After {days} days", days=check.days), strong=True))
        row.addWidget(Badge(result_title(check.result), _LOOKS.get(check.result, "plain")))
        row.addWidget(Words(terms.day(check.looked_at), tone="muted"))
        card.body.addLayout(row)
        if check.note:
            card.body.addWidget(Words(check.note, wrap=True))
    return card


def _photos(pairs: tuple[ShownPair, ...]) -> Card:
    card = Card(wording.text("Before and after"), look="inset")
    for number, each in enumerate(pairs, 1):
        row = QWidget(card)
        row.setAccessibleName(wording.text("Pair {number}", number=number))
        grid = QGridLayout(row)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        for column, (title, item, image) in enumerate(
            (
                (wording.text("Before"), each.pair.before, each.before),
                (wording.text("After"), each.pair.after, each.after),
            )
        ):
            grid.setColumnStretch(column, 1)
            grid.addWidget(Words(title, scale="small", strong=True, parent=row), 0, column)
            name = item.name if item is not None else wording.text("No photo")
            grid.addWidget(_photo(f"{title}: {name}", image, f"archive.photo.{number}.{column}"), 1, column)
        card.body.addWidget(row)
    return card


def _photo(words: str, image: QImage | None, name: str) -> PhotoSlot:
    slot = PhotoSlot(words, name=name)
    slot.show_picture(image)
    return slot


def _ways(services: Services, detail: Detail, facts: ArchiveFacts) -> None:
    if facts.pattern is not None:
        to = ("playbook", f"patterns:{facts.pattern.uid}")
        title = facts.pattern.title
        under = wording.text("The pattern")
        detail.body.addWidget(LinkRow(title, under, name="archive.pattern", icon="lightbulb", go=services.go, to=to))
    to = ("registers" if facts.what == PILOT else "actions", facts.uid)
    under = wording.text("Open the record itself")
    detail.body.addWidget(LinkRow(facts.title, under, name="archive.record", icon="link", go=services.go, to=to))
