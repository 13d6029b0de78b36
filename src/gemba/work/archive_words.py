"""What closed work is called."""

from __future__ import annotations

from gemba.wording import text

KINDS = ("correction", "corrective", "improvement", "transfer", "pilot")
"""Sorts of actions, transfers of patterns, and pilots."""


def what_words(what: str) -> str:
    """What a piece of closed work is."""
    return {
        "correction": text("Correction"),
        "corrective": text("Corrective action"),
        "improvement": text("Improvement"),
        "transfer": text("Transfer of a pattern"),
        "pilot": text("Pilot"),
    }.get(what, what)


def looks_words(holds: int, looks: int) -> str:
    """How many looks saw a change hold."""
    return text("held at {holds} of {looks} looks", holds=holds, looks=looks) if looks else text("not looked at yet")
