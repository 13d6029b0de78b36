"""What states of transfers and the record of a pattern are called: honest numbers, never a share of a few."""

from __future__ import annotations

from gemba.domain.transfer_states import Track, TransferState
from gemba.methods.proportions import wilson
from gemba.reports.facts import Tone
from gemba.wording import plural, text

_FEWEST = 5
"""Outcomes from which on a share is told with its interval; fewer are told as counts."""

STATES = tuple(state.value for state in TransferState)
STATE_TONES = {"holds": "good", "live": "accent", "regressed": "poor", "adapting": "fair"}
"""On the screen."""
PAPER_TONES: dict[str, Tone] = {"holds": "good", "regressed": "poor", "adapting": "fair"}


def state_words(state: str) -> str:
    """A state of a transfer."""
    return {
        "proposed": text("proposed"),
        "adapting": text("being adapted"),
        "live": text("live"),
        "holds": text("holds"),
        "regressed": text("fell back"),
        "stopped": text("stopped"),
    }.get(state, state)


def track_words(track: Track) -> str:
    """How a pattern did where it was carried, in a sentence or two."""
    if not track.carried:
        return text("Not carried to another place yet.")
    return " ".join(part for part in (_outcome(track), _rest(track)) if part)


def track_short(track: Track) -> str:
    """The same in a few words: "holds at 3 of 4"."""
    if not track.carried:
        return text("not carried yet")
    if not track.known:
        return plural(
            "carried to {n} place, too early to tell", "carried to {n} places, too early to tell", track.carried
        )
    return text("holds at {holds} of {n}", holds=track.holds, n=track.known)


def _outcome(track: Track) -> str:
    if not track.known:
        return plural(
            "Carried to {n} place; nowhere has it been looked at after 90 days.",
            "Carried to {n} places; nowhere has it been looked at after 90 days.",
            track.carried,
        )
    said = text("Holds after 90 days at {holds} of {n} places with an outcome", holds=track.holds, n=track.known)
    if track.known >= _FEWEST:
        found = wilson(track.holds, track.known)
        said = text(
            "{said} (95 % interval {low}–{high} %)", said=said, low=round(100 * found.low), high=round(100 * found.high)
        )
    more = [
        text("{n} in part", n=track.partly) if track.partly else "",
        text("{n} as before", n=track.regressed) if track.regressed else "",
    ]
    kept = ", ".join(part for part in more if part)
    return f"{said}; {kept}." if kept else f"{said}."


def _rest(track: Track) -> str:
    parts = [
        text("{n} live and too early to tell", n=track.live) if track.live else "",
        text("{n} not live yet", n=track.underway) if track.underway else "",
        text("{n} stopped", n=track.stopped) if track.stopped else "",
    ]
    said = ", ".join(part for part in parts if part)
    return f"{said[:1].upper()}{said[1:]}." if said else ""
