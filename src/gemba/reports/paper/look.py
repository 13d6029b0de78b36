"""Colours and type of the printed page: the window's light tokens, dark enough for AA on white and on grey printers."""

from __future__ import annotations

from gemba.reports.facts import Tone
from gemba.reports.typeset.pieces import Style

INK = "#14211F"
MUTED = "#51626A"
LINE = "#DDE4E5"
EDGE = "#81919A"
RAISED = "#F6F8F9"
ACCENT = "#0B6B75"
ACCENT_SOFT = "#DDF0F1"
GHOST = "#EDF1F1"
"""A watermark behind text: seen, never in the way."""

TONES: dict[Tone, tuple[str, str]] = {
    "good": ("#1B6B3A", "#DDF2E4"),
    "fair": ("#7F5200", "#FCEFCF"),
    "poor": ("#A92B23", "#FCE5E2"),
    "plain": ("#3F4E55", "#E9EEEF"),
}
"""Ink and ground of each tone."""

_ROLES = {
    "ink": INK,
    "muted": MUTED,
    "line": LINE,
    "edge": EDGE,
    "card": "#FFFFFF",
    "raised": RAISED,
    "accent": ACCENT,
    "accent_soft": ACCENT_SOFT,
    "plain_soft": TONES["plain"][1],
    **{tone: ink for tone, (ink, _) in TONES.items() if tone != "plain"},
    **{f"{tone}_soft": ground for tone, (_, ground) in TONES.items() if tone != "plain"},
}


def colour_of(role: str) -> str:
    """The printed colour of a role (`gemba.reports.picture_facts.ROLES`); `#RRGGBB` and nothing stay as they are."""
    return _ROLES.get(role, role)


PAGE_WIDTH, PAGE_HEIGHT = 210.0, 297.0
"""A4, millimetres."""
SIDE, TOP, BOTTOM = 18.0, 24.0, 20.0
"""Margins, millimetres."""
WIDTH = PAGE_WIDTH - 2 * SIDE
HEIGHT = PAGE_HEIGHT - TOP - BOTTOM

TITLE = Style(24, 29, "bold", INK)
PLACE = Style(13, 18, "regular", INK)
HEADING = Style(14, 19, "bold", INK)
SUBHEADING = Style(10.5, 14.5, "bold", INK)
BODY = Style(9.5, 13.5, "regular", INK)
STRONG = Style(9.5, 13.5, "bold", INK)
SMALL = Style(8.2, 11.2, "regular", INK)
SMALL_STRONG = Style(8.2, 11.2, "bold", INK)
QUIET = Style(8.2, 11.2, "regular", MUTED)
QUIET_FIGURE = Style(8.2, 13.5, "regular", MUTED)
"""Beside body text, on its line."""
ASIDE = Style(8.2, 11.2, "italic", MUTED)
LABEL = Style(7.6, 10.5, "bold", MUTED)
COUNT = Style(17, 21, "bold", INK)


def in_colour(style: Style, colour: str) -> Style:
    """`style` in another colour."""
    return Style(style.size, style.leading, style.weight, colour)
