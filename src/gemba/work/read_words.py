"""Read what customers said, on this machine: in which language, who says nearly the same, and what a set is about."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from gemba.domain.complaints import Complaint
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.methods.text import near
from gemba.methods.text.languages import language_of
from gemba.methods.text.themes import Theme, themes
from gemba.store import complaint_words
from gemba.store.complaint_conditions import conditions
from gemba.store.complaint_words import Said
from gemba.store.reading import Reader
from gemba.work.desk import Desk
from gemba.work.records import known
from gemba.work.which_complaints import ALL, Which

Step = Callable[[int, int], None]
_AT_ONCE = 500


class FoundTheme(msgspec.Struct, frozen=True):
    """A phrase that complaints of a set have more than others, and the complaints behind it."""

    phrase: str
    complaints: tuple[Uid, ...]
    """The newest first."""
    share: float
    """Of the set."""
    elsewhere: float | None
    """Share of the others; `None` when there is nothing to compare with."""
    q: float | None
    """The largest share of false themes at which it is still one; `None` when there is nothing to compare with."""


class Themes(msgspec.Struct, frozen=True):
    """What a set is about."""

    themes: tuple[FoundTheme, ...]
    read: int
    """Complaints of the set that were read: the newest, at most 100,000."""
    of: int
    """Complaints of the set: those with words, or all of it when only the newest were read."""
    compared: int
    """Others that they were compared with."""


class Alike(msgspec.Struct, frozen=True):
    """Two complaints that say nearly the same; linking them is a person's word (`gemba.work.duplicates`)."""

    first: Uid
    first_number: str
    second: Uid
    """The newer."""
    second_number: str
    likeness: float
    """0.5 to 1; 1 is the same words."""


def _nobody(_done: int, _total: int) -> None:
    """Nobody listens."""


def themes_of(desk: Desk, which: Which, against: Which = ALL, most: int = 30, step: Step = _nobody) -> Themes:
    """The themes of a set of complaints, against the others of another set.

    Args:
        desk: who asks, where.
        which: the set.
        against: what it is compared with, less the set itself; everything when left out.
        most: at most so many themes.
        step: told how far it is; it may raise to stop.

    Raises:
        Refusal: `work.no_words` when no complaint of the set has words.
    """
    with desk.reader() as reader:
        meant = conditions(reader, which.filters, **which.range())
        mine = complaint_words.said(reader, meant)
        total = complaint_words.how_many(reader, meant) if len(mine) == complaint_words.MOST else len(mine)
        uids = {one.uid for one in mine}
        compared = conditions(reader, against.filters, **against.range())
        others = [one.words for one in complaint_words.said(reader, compared) if one.uid not in uids]
    if not mine:
        raise Refusal("work.no_words")
    found = themes([one.words for one in mine], others, most, lambda: step(0, 0))
    return Themes(tuple(_theme(theme, mine, bool(others)) for theme in found), len(mine), total, len(others))


def alike(desk: Desk, which: Which, likeness: float = near.LIKENESS, step: Step = _nobody) -> list[Alike]:
    """Pairs of complaints of a set that say nearly the same and are not linked yet, the likest first.

    Args:
        desk: who asks, where.
        which: the set; its newest 100,000 are read.
        likeness: 0.5 to 1, Jaccard's over groups of five signs.
        step: told how far it is (of 100); it may raise to stop.
    """
    with desk.reader() as reader:
        meant = [*conditions(reader, which.filters, **which.range()), complaint_words.not_linked()]
        said = complaint_words.said(reader, meant)[::-1]
    pairs = near.near_pairs([one.words for one in said], likeness, lambda done: step(round(done * 100), 100))
    found = [
        Alike(said[a].uid, said[a].number, said[b].uid, said[b].number, value)
        for a, b, value in ((pair.first, pair.second, pair.likeness) for pair in pairs)
    ]
    return sorted(found, key=lambda one: (-one.likeness, one.first_number, one.second_number))


def tell_language(desk: Desk, complaint: Uid) -> str:
    """Tell the language of one complaint and keep it, where nobody has; gives the code, empty when not known."""
    with desk.unit() as unit:
        one = known(unit, Complaint, complaint)
        told = one.language or language_of(one.words or one.summary)
        unit.change(Complaint, complaint, language=told)
        return told


def tell_languages(desk: Desk, which: Which, step: Step = _nobody) -> dict[str, int]:
    """Tell and keep the languages of those complaints of a set whose language nobody has told.

    Args:
        desk: who asks, where.
        which: the set; at most its newest 100,000 are read.
        step: told how far it is; it may raise to stop, and what was kept by then stays.

    Returns:
        How many by code; the empty code counts those that could not be told.
    """
    with desk.reader() as reader:
        said = complaint_words.said(reader, _without_language(reader, which))
    counts: dict[str, int] = {}
    for begin in range(0, len(said), _AT_ONCE):
        step(begin, len(said))
        some = [(one.uid, language_of(one.words)) for one in said[begin : begin + _AT_ONCE]]
        with desk.unit() as unit:
            for uid, code in some:
                counts[code] = counts.get(code, 0) + 1
                if code:
                    unit.change(Complaint, uid, language=code)
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _without_language(reader: Reader, which: Which) -> list[complaint_words.Condition]:
    return [*conditions(reader, which.filters, **which.range()), complaint_words.without_language()]


def _theme(theme: Theme, said: list[Said], is_compared: bool) -> FoundTheme:  # noqa: FBT001 - internal
    return FoundTheme(
        theme.phrase,
        tuple(said[at].uid for at in theme.texts),
        theme.share,
        theme.elsewhere if is_compared else None,
        theme.q if is_compared else None,
    )
