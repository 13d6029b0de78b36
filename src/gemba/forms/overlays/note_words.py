"""What is said of something to look at after an overlay was carried to another core."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gemba.forms.overlays.upgrading import Note
from gemba.wording import text


def note_words(note: Note) -> str:
    """One sentence on what happened to an item."""
    facts = {"item": note.item, "column": note.column, "old": note.old, "new": note.new, "ours": note.ours}
    return _SENTENCES[note.sort](facts)


_SENTENCES: Mapping[str, Callable[[Mapping[str, str]], str]] = {
    "gone": lambda f: text("“{item}” is no longer in the core; what the overlay says of it is parked.", **f),
    "core_changed": lambda f: text(
        "“{item}”, {column}: the core says “{new}” now (before: “{old}”); the overlay still says “{ours}”.", **f
    ),
    "adopted": lambda f: text("“{item}”, {column}: the core says the same now, so the overlay need not.", **f),
    "weaker": lambda f: text("“{item}”, {column}: “{ours}” would weaken the new core, and is parked.", **f),
    "now_in_core": lambda f: text("“{item}” is in the core now (“{new}”); the region's own one is parked.", **f),
    "anchor_gone": lambda f: text(
        "“{item}” stood beside “{old}”, which is gone; it goes to the end of its section.", **f
    ),
}
