"""One pattern: what it answers and on what it rests, how it is done, what proves it, and how it did elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.patterns import Pattern
from gemba.domain.places import Place
from gemba.ui import terms
from gemba.ui.pages.detail import Detail
from gemba.ui.pages.places import read_places
from gemba.ui.parts.badges import Badges
from gemba.ui.parts.buttons import IconButton
from gemba.ui.parts.cards import Card
from gemba.ui.parts.facts import Facts
from gemba.ui.parts.links import LinkRow
from gemba.ui.parts.words import Words
from gemba.ui.playbook.shapes import transfer_state, transfer_tone
from gemba.ui.registers.ways import noun_title, way_to
from gemba.ui.services import Services
from gemba.work.pattern_facts import Carried, PatternFacts, pattern_facts
from gemba.work.pattern_words import track_short, track_words
from gemba.work.patterns import change, drop_link


class PatternShown(msgspec.Struct, frozen=True):
    """What the detail shows, and the places that it may be carried to."""

    facts: PatternFacts
    places: tuple[tuple[str, str], ...]


def read_pattern(desk: Any, uid: str) -> PatternShown | None:
    """Everything that the detail shows; on a job's thread."""
    places = read_places(desk)
    with desk.reader() as reader:
        if reader.get(Pattern, uid) is None:
            return None
        facts = pattern_facts(reader, uid)
    taken = {one.transfer.place for one in facts.carried if not one.transfer.stopped_because} | {facts.pattern.place}
    return PatternShown(facts, tuple(_free(places, taken)))


def _free(places: list[Place], taken: set[str | None]) -> Iterator[tuple[str, str]]:
    """Places that it may be carried to; one that goes on in another is looked for there."""
    yield from ((one.uid, one.name) for one in places if one.uid not in taken and one.merged_into is None)


def draw_pattern(services: Services, detail: Detail, facts: PatternFacts) -> None:
    """Put a pattern into the detail."""
    one, body = facts.pattern, detail.body
    codes = " · ".join(part for part in (one.number, facts.place) if part)
    body.addWidget(Words(codes, tone="muted", scale="small"))
    body.addWidget(Words(one.title, scale="heading", wrap=True))
    badges = Badges()
    badges.say(
        (wording.text("Retired"), "plain") if one.retired else ("", ""),
        (wording.text("In doubt"), "poor") if facts.warning else ("", ""),
        (track_short(facts.track), "good" if facts.track.holds and not facts.track.regressed else "plain"),
    )
    body.addWidget(badges)
    if facts.warning:
        body.addWidget(Words(facts.warning, tone="poor", strong=True, wrap=True))
    body.addWidget(Words(one.problem, wrap=True))
    body.addWidget(
        Facts(
            (wording.text("Step and cause"), " · ".join(part for part in (facts.step, facts.cause) if part)),
            (wording.text("Who answers questions"), one.owner),
        )
    )
    body.addWidget(_conditions(facts))
    body.addWidget(_steps(one.how))
    body.addWidget(_proof(services, facts))


def elsewhere_card(services: Services, facts: PatternFacts) -> Card:
    """How it did where it was carried."""
    card = Card(wording.text("How it did elsewhere"), look="inset")
    card.body.addWidget(Words(track_words(facts.track), wrap=True))
    for one in facts.carried:
        card.body.addWidget(
            LinkRow(
                one.place,
                carried_under(one),
                name=f"pattern.transfer.{one.transfer.uid}",
                icon="map-pin",
                badge=(transfer_state(one.state), transfer_tone(one.state)),
                go=services.go,
                to=("playbook", f"transfers:{one.transfer.uid}"),
            )
        )
    for entry in facts.workshops:
        card.body.addWidget(
            LinkRow(
                entry.title,
                wording.text("Transferability workshop"),
                name=f"pattern.workshop.{entry.uid}",
                icon="users",
                go=services.go,
                to=("registers", entry.uid),
            )
        )
    return card


def carried_under(one: Carried) -> str:
    """What is known of a transfer, in a line."""
    if one.transfer.stopped_because:
        return one.transfer.stopped_because
    seen = [check for check in one.checks if check.looked_at is not None]
    looked = [wording.text("looked at after {days} days", days=seen[-1].days)] if seen else []
    if one.overdue is not None:
        looked.append(wording.text("a look waits since {day}", day=terms.day(one.overdue)))
    if not looked and one.action.live_on is None:
        looked.append(wording.text("due {day}", day=terms.day(one.action.due)))
    return " · ".join((one.action.owner, *looked))


def bring_into_view(detail: Detail, part: QWidget) -> None:
    """Scroll to what has just been put into a detail."""
    QTimer.singleShot(0, part, lambda: detail.bring_into_view(part))


def _conditions(facts: PatternFacts) -> Card:
    """On what it rests: long words stand below their titles."""
    one = facts.pattern
    card = Card(wording.text("On what it rests"), look="inset")
    for title, said in (
        (wording.text("Conditions that must hold"), one.context),
        (wording.text("People must be able to"), one.capability),
        (wording.text("Must be known or measured"), one.data),
    ):
        if said:
            card.body.addWidget(Words(title, tone="muted", scale="small"))
            card.body.addWidget(Words(said, wrap=True))
    return card


def _steps(how: str) -> Card:
    card = Card(wording.text("What is done"), look="inset")
    lines = [line.strip() for line in how.splitlines() if line.strip()]
    for at, line in enumerate(lines, 1):
        card.body.addWidget(Words(f"{at}.  {line}" if len(lines) > 1 else line, wrap=True))
    return card


def _proof(services: Services, facts: PatternFacts) -> Card:
    card = Card(wording.text("What proves it"), look="inset")
    card.body.addWidget(Words(facts.pattern.proof, wrap=True))
    rows = QVBoxLayout()
    rows.setSpacing(6)
    for proof in facts.proofs:
        way = way_to(proof.opens) if proof.opens else None
        noun = noun_title(proof.link.partition(":")[0])
        across = QHBoxLayout()
        across.setSpacing(6)
        across.addWidget(
            LinkRow(
                proof.title,
                noun,
                name=f"pattern.proof.{proof.link}",
                icon="link",
                badge=("", "") if proof.stands else (wording.text("no proof any more"), "poor"),
                go=services.go if way else None,
                to=way or (),
            ),
            1,
        )
        if not facts.pattern.retired:
            across.addWidget(_drop(services, facts.pattern, proof.link, proof.title, card))
        rows.addLayout(across)
    card.body.addLayout(rows)
    return card


def _drop(services: Services, pattern: Pattern, link: str, title: str, parent: QWidget) -> IconButton:
    """The button that lets a record prove the pattern no more."""

    def put_back() -> None:
        services.jobs.write(_say_links, pattern.uid, pattern.links)

    def told(_change: object) -> None:
        services.messages.info(wording.text("It proves the pattern no more: {title}", title=title), undo=put_back)

    def drop() -> None:
        services.jobs.write(drop_link, pattern.uid, link, done=told)

    words = wording.text("Prove it no more by: {title}", title=title)
    return IconButton("x", words, name=f"pattern.proof.{link}.drop", run=drop, parent=parent)


def _say_links(desk: Any, pattern: str, links: tuple[str, ...]) -> Change:
    return change(desk, pattern, links=links)
