"""The board as people look at it: cards with names in place of uids, page by page, also apart by owner or place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

import msgspec

from gemba.domain.actions import Action, ActionState, Lane
from gemba.domain.goals import Goal
from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.store import action_lanes
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work.action_board import lane_title, limits_of, priority_words, rests
from gemba.work.desk import Desk

DONE = "done"
"""Code of the column of what was done lately."""
LATELY = timedelta(days=14)
BACK_FOR = timedelta(days=14)
"""So long a card says that it came back from its rest."""
AT_ONCE = 25
LANES = (*(lane.value for lane in Lane), DONE)
"""Codes of the columns, in order."""


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """One action on the board."""

    uid: Uid
    number: str
    text: str
    place: str
    owner: str
    due: date
    lane: str
    priority: str
    """Impact first, as people read it."""
    impact: int | None
    goal: str
    age: int
    """Days since it was added."""
    is_late: bool
    waits_for: str = ""
    rests_until: date | None = None
    rests_because: str = ""
    back_since: date | None = None
    """The day on which it came back from a rest, for two weeks."""
    done_on: date | None = None
    reopened: int = 0


class Cards(msgspec.Struct, frozen=True):
    """One column, or its next page."""

    code: str = msgspec.field(name="lane")
    title: str
    count: int
    limit: int | None
    """The most that it may hold; `None` for any number."""
    cards: tuple[Card, ...]
    """What matters most to customers first; of what is done the last first."""

    @property
    def is_full(self) -> bool:
        """True when nothing more may come into it."""
        return self.limit is not None and self.count >= self.limit

    @property
    def is_over(self) -> bool:
        """True when it holds more than it may."""
        return self.limit is not None and self.count > self.limit


class Band(msgspec.Struct, frozen=True):
    """One swim lane: an owner, place or goal with its columns; the only one of a board that is not apart."""

    key: str
    title: str
    columns: tuple[Cards, ...]


class BoardShown(msgspec.Struct, frozen=True):
    """What the board shows."""

    bands: tuple[Band, ...]
    more_bands: bool
    resting: int
    """Open actions that are let rest today and not shown."""


def shown_board(
    desk: Desk, where: Mapping[str, str], *, by: str = "", bands: int = 6, most: int = AT_ONCE
) -> BoardShown:
    """The first page of the board.

    Args:
        desk: who looks.
        where: `place`, `owner`, `goal`, `older`, `late`, `resting` (`gemba.store.action_lanes`).
        by: `owner`, `place` or `goal` for swim lanes; empty for none.
        bands: swim lanes.
        most: cards of a column.
    """
    with desk.reader() as reader:
        meant = {"resting": "no", **where}
        resting = (
            0 if meant["resting"] != "no" else sum(action_lanes.counted(reader, {**where, "resting": "yes"}).values())
        )
        if not by:
            return BoardShown((_whole(desk, reader, meant, most),), more_bands=False, resting=resting)
        counts = action_lanes.counted_apart(reader, by, meant)
        shown = tuple(_bands(desk, reader, by, meant, dict(list(counts.items())[:bands]), most))
        return BoardShown(shown, more_bands=len(counts) > bands, resting=resting)


def more_cards(
    desk: Desk, code: str, where: Mapping[str, str], after: Uid, most: int = 4 * AT_ONCE
) -> tuple[Card, ...]:
    """The next cards of a column."""
    with desk.reader() as reader:
        keys = _keys(desk, reader, code, {"resting": "no", **where}, most, after)
        return cards_of(reader, action_lanes.read(reader, keys), desk.clock())


def cards_of(reader: Reader, actions: Sequence[Action], now: datetime) -> tuple[Card, ...]:
    """Actions as cards, with the names of places and goals."""
    places = {one.uid: one.name for one in reader.many(Place, sorted({one.place for one in actions}))}
    goals = {one.uid: one for one in reader.many(Goal, sorted({one.goal for one in actions if one.goal}))}
    return tuple(_card(one, places, goals, now) for one in actions)


def column_title(code: str) -> str:
    """What a column is called."""
    return text("Done lately") if code == DONE else lane_title(Lane(code))


def card_words(card: Card) -> str:
    """The card in one sentence, for whoever hears it."""
    parts = [card.priority, card.text, card.owner, card.place, text("due {day}", day=card.due)]
    if card.is_late:
        parts.append(text("late"))
    if card.waits_for:
        parts.append(text("waits for {what}", what=card.waits_for))
    return ". ".join(part for part in (*parts, card.goal, card.number) if part)


def _whole(desk: Desk, reader: Reader, where: Mapping[str, str], most: int) -> Band:
    """The board that is not apart."""
    n_done = action_lanes.count_done_since(reader, desk.clock().date() - LATELY, where)
    counts = _by_code(action_lanes.counted(reader, where), n_done)
    return Band("", "", _columns(desk, reader, {"": (where, counts)}, most)[""])


def _bands(
    desk: Desk, reader: Reader, by: str, where: Mapping[str, str], apart: Mapping[str, Mapping[Lane, int]], most: int
) -> Iterator[Band]:
    """Swim lanes of these keys and counts."""
    titles, since = _titles(reader, by, list(apart)), desk.clock().date() - LATELY
    n_done = action_lanes.count_done_apart(reader, by, since, where)
    wanted = {key: ({**where, by: key}, _by_code(counts, n_done.get(key, 0))) for key, counts in apart.items()}
    for key, columns in _columns(desk, reader, wanted, most).items():
        yield Band(key, titles[key], columns)


def _by_code(counts: Mapping[Lane, int], n_done: int) -> dict[str, int]:
    return {**{lane.value: count for lane, count in counts.items()}, DONE: n_done}


def _columns(
    desk: Desk, reader: Reader, wanted: Mapping[str, tuple[Mapping[str, str], Mapping[str, int]]], most: int
) -> dict[str, tuple[Cards, ...]]:
    """The columns of boards, each with its conditions and counts; the cards of all of them are read together."""
    keys = {
        (name, code): _keys(desk, reader, code, where, most)
        for name, (where, counts) in wanted.items()
        for code in LANES
        if counts[code]
    }
    every = list(dict.fromkeys(key for some in keys.values() for key in some))
    cards = dict(zip(every, cards_of(reader, action_lanes.read(reader, every), desk.clock()), strict=True))
    limits = limits_of(reader)
    return {
        name: tuple(
            Cards(
                code,
                column_title(code),
                counts[code],
                None if code == DONE else limits.get(Lane(code)),
                tuple(cards[key] for key in keys.get((name, code), ())),
            )
            for code in LANES
        )
        for name, (_, counts) in wanted.items()
    }


def _keys(desk: Desk, reader: Reader, code: str, where: Mapping[str, str], most: int, after: Uid = "") -> list[int]:
    if code == DONE:
        return action_lanes.done_since(reader, desk.clock().date() - LATELY, where, most, after)
    return action_lanes.first(reader, Lane(code), where, most, after)


def _card(one: Action, places: Mapping[Uid, str], goals: Mapping[Uid, Goal], now: datetime) -> Card:
    today, is_open = now.date(), one.state is ActionState.OPEN
    woke = one.snoozed_until if is_open and one.snoozed_until is not None and not rests(one, today) else None
    goal = goals.get(one.goal or "")
    return Card(
        uid=one.uid,
        number=one.number,
        text=one.text,
        place=places.get(one.place, ""),
        owner=one.owner,
        due=one.due,
        lane=one.lane.value if is_open else DONE,
        priority=priority_words(one),
        impact=one.impact,
        goal=goal.title if goal is not None else "",
        age=max(0, (now - one.added_at).days),
        is_late=is_open and one.due < today,
        waits_for=one.waits_for if is_open else "",
        rests_until=one.snoozed_until if is_open and rests(one, today) else None,
        rests_because=one.snoozed_because,
        back_since=woke if woke is not None and today - woke <= BACK_FOR else None,
        done_on=one.done_at.date() if one.done_at is not None and not is_open else None,
        reopened=one.reopened,
    )


def _titles(reader: Reader, by: str, keys: Sequence[str]) -> dict[str, str]:
    if by == "place":
        return dict.fromkeys(keys, "") | {one.uid: one.name for one in reader.many(Place, keys)}
    if by == "goal":
        named = {one.uid: one.title for one in reader.many(Goal, [key for key in keys if key != "-"])}
        return {key: named.get(key, text("No goal")) for key in keys}
    return {key: key for key in keys}
