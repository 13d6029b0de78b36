"""Design tokens: the colours by role, sizes and type scale that everything on the screen is drawn from.

Nothing else in the window names a colour. Contrast of every pair that carries words is checked by a test against WCAG
2.2 AA (4.5 : 1 for words, 3 : 1 for the marks of controls).
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Mode(StrEnum):
    """Which of the two looks; `SYSTEM` follows the desktop."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Tokens(NamedTuple):
    """One look. Colours are `#rrggbb`; sizes are device-independent pixels."""

    dark: bool
    page: str
    """Behind everything."""
    card: str
    """Where content lies."""
    raised: str
    """A card within a card, the row under the pointer, a header."""
    field: str
    """Inside of an entry field."""
    line: str
    """Hairlines between things."""
    edge: str
    """Border of what can be operated; 3 : 1 against what it lies on."""
    ink: str
    muted: str
    faint: str
    """Placeholders and what is switched off; carries no meaning alone."""
    nav: str
    nav_ink: str
    nav_muted: str
    nav_active: str
    """Background of the page one is on."""
    accent: str
    """Primary buttons, the chosen thing, links."""
    accent_hover: str
    on_accent: str
    accent_soft: str
    accent_ink: str
    """Words in the accent, on page, card or `accent_soft`."""
    selection: str
    """A chosen row; `ink` stays readable on it."""
    good: str
    good_soft: str
    fair: str
    fair_soft: str
    poor: str
    poor_soft: str
    note: str
    note_soft: str
    plain_soft: str
    """Ground of a badge that says nothing good or bad."""
    focus: str


class Accent(NamedTuple):
    """A colour family that a person may choose, for both looks."""

    light: str
    light_hover: str
    light_soft: str
    light_selection: str
    dark: str
    dark_hover: str
    dark_soft: str
    dark_selection: str
    nav: str
    nav_active: str
    nav_dark: str
    nav_dark_active: str


ACCENTS: dict[str, Accent] = {
    "petrol": Accent(
        "#0B6B75", "#095862", "#DDF0F1", "#D3EAEC", "#5CC3CB", "#7BD2D9", "#17393D", "#1C4247",
        "#10343A", "#1E4E56", "#0C1517", "#1B3438",
    ),
    "indigo": Accent(
        "#3F51B5", "#33439B", "#E5E8F8", "#DCE1F6", "#9DA9F5", "#B3BCF8", "#272E52", "#2D3660",
        "#1F2750", "#35407A", "#0F1220", "#262D4C",
    ),
    "plum": Accent(
        "#8A3B78", "#733063", "#F5E3F0", "#F0DAEA", "#DE9CCD", "#E8B3DA", "#42263B", "#4B2B43",
        "#3C1D35", "#5F3354", "#180F16", "#3B2535",
    ),
    "rust": Accent(
        "#A0471D", "#863A16", "#F8E6DD", "#F4DDD1", "#EFA27C", "#F4B797", "#472A1D", "#513022",
        "#3F2216", "#643A27", "#191210", "#402A20",
    ),
    "slate": Accent(
        "#41586B", "#34485A", "#E3E9EE", "#D9E2E9", "#A6BACB", "#BACAD8", "#2A3741", "#31404C",
        "#1F2B35", "#384B5B", "#101519", "#2A3640",
    ),
}  # fmt: skip
"""By the code that preferences keep."""

SPACE = (4, 8, 12, 16, 24, 32)
"""The only distances."""
RADIUS = 8
SMALL_RADIUS = 6
ROW = 56
"""Height of a list row that holds two lines."""
TARGET = 38
"""Height of what can be pressed."""
ICON = 20
SIZES = {"display": 34, "title": 25, "heading": 18, "body": 15, "small": 13}
"""Type scale in pixels."""


def light(accent: str = "petrol") -> Tokens:
    """The light look in a chosen accent."""
    tint = ACCENTS.get(accent, ACCENTS["petrol"])
    return Tokens(
        dark=False,
        page="#F2F5F5",
        card="#FFFFFF",
        raised="#F6F8F9",
        field="#FFFFFF",
        line="#DDE4E5",
        edge="#7B8C94",
        ink="#14211F",
        muted="#51626A",
        faint="#76868D",
        nav=tint.nav,
        nav_ink="#F3F8F8",
        nav_muted="#B9CACD",
        nav_active=tint.nav_active,
        accent=tint.light,
        accent_hover=tint.light_hover,
        on_accent="#FFFFFF",
        accent_soft=tint.light_soft,
        accent_ink=tint.light_hover,
        selection=tint.light_selection,
        good="#1B6B3A",
        good_soft="#DDF2E4",
        fair="#7F5200",
        fair_soft="#FCEFCF",
        poor="#A92B23",
        poor_soft="#FCE5E2",
        note="#2B5A8C",
        note_soft="#E2EDF8",
        plain_soft="#E7ECEE",
        focus=tint.light,
    )


def dark(accent: str = "petrol") -> Tokens:
    """The dark look in a chosen accent."""
    tint = ACCENTS.get(accent, ACCENTS["petrol"])
    return Tokens(
        dark=True,
        page="#12181A",
        card="#1A2225",
        raised="#212B2F",
        field="#151C1F",
        line="#2E3A3F",
        edge="#6F8087",
        ink="#E9EFEF",
        muted="#A9B8BC",
        faint="#82929A",
        nav=tint.nav_dark,
        nav_ink="#EEF4F4",
        nav_muted="#9FB0B4",
        nav_active=tint.nav_dark_active,
        accent=tint.dark,
        accent_hover=tint.dark_hover,
        on_accent="#0B1416",
        accent_soft=tint.dark_soft,
        accent_ink=tint.dark_hover,
        selection=tint.dark_selection,
        good="#7FD6A0",
        good_soft="#173626",
        fair="#F0C264",
        fair_soft="#3D3013",
        poor="#FF9C92",
        poor_soft="#47221F",
        note="#96C3F2",
        note_soft="#1B3148",
        plain_soft="#2B363B",
        focus=tint.dark,
    )


def tone(tokens: Tokens, name: str) -> tuple[str, str]:
    """Words and background of a tone: good, fair, poor, note, accent or plain."""
    pairs = {
        "good": (tokens.good, tokens.good_soft),
        "fair": (tokens.fair, tokens.fair_soft),
        "poor": (tokens.poor, tokens.poor_soft),
        "note": (tokens.note, tokens.note_soft),
        "accent": (tokens.accent_ink, tokens.accent_soft),
    }
    return pairs.get(name, (tokens.muted, tokens.plain_soft))


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    bright, dim = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
