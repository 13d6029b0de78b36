"""What sorts, severities and states are called on the pages of maps, and the tone in which they are shown."""

from __future__ import annotations

from gemba import wording
from gemba.domain.process_maps import AlertState, StepSort
from gemba.work.map_print import severity_word

__all__ = [
    "alert_state",
    "alert_tone",
    "change_words",
    "period_choices",
    "severity_choices",
    "severity_tone",
    "severity_word",
    "sort_choices",
]


def sort_choices() -> list[tuple[str, str]]:
    """What a step can be."""
    return [
        (StepSort.PROCESS, wording.text("Process")),
        (StepSort.QUEUE, wording.text("Queue: what waits")),
        (StepSort.DECISION, wording.text("Decision")),
        (StepSort.OUTSIDE, wording.text("Outside: customer or supplier")),
    ]


def severity_choices() -> list[tuple[str, str]]:
    """How bad a pain can be."""
    return [
        ("", wording.text("Not said")),
        *((code, severity_word(code)) for code in ("low", "medium", "high", "critical")),
    ]


def severity_tone(code: str) -> str:
    """The tone of a severity."""
    return {"low": "plain", "medium": "fair", "high": "poor", "critical": "poor"}.get(code, "plain")


def alert_state(state: AlertState) -> str:
    """How far an alert has come."""
    titles = {
        AlertState.WAITING: wording.text("Waits for a walk"),
        AlertState.CARRIED: wording.text("On its way"),
        AlertState.SEEN: wording.text("Seen"),
        AlertState.DROPPED: wording.text("Dropped"),
    }
    return titles[state]


def alert_tone(state: AlertState) -> str:
    """The tone of that."""
    tones = {AlertState.WAITING: "note", AlertState.CARRIED: "accent", AlertState.SEEN: "good"}
    return tones.get(state, "plain")


def change_words(verdict: str) -> tuple[str, str]:
    """What became of pains since the period before, and its tone."""
    titles = {"fewer": (wording.text("Fewer"), "good"), "more": (wording.text("More"), "poor")}
    return titles.get(verdict, ("", "plain"))


def period_choices() -> list[tuple[str, str]]:
    """How far back pains are counted."""
    return [
        ("quarter", wording.text("Last quarter")),
        ("half", wording.text("Last half year")),
        ("year", wording.text("Last year")),
    ]
