"""The bundled fonts: the same family in the window and in the PDF."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase

from gemba.shipped import resource
from gemba.ui.theme.tokens import SIZES

_FAMILIES = ["Noto Sans", "Noto Sans Arabic", "DejaVu Sans"]
_STYLES = ("Regular", "Medium", "SemiBold", "Bold")


def load() -> None:
    """Make the bundled font files known to Qt; the system's fonts stand in for what is missing."""
    known = set(QFontDatabase.families())
    for file in sorted(resource("fonts").rglob("*.ttf")):
        family = "Noto Sans Arabic" if "Arabic" in file.stem else "Noto Sans"
        if family not in known and file.stem.startswith("NotoSans") and file.stem.endswith(_STYLES):
            QFontDatabase.addApplicationFont(str(file))


def font(size: str = "body", *, bold: bool = False) -> QFont:
    """A font of the type scale."""
    made = QFont(_FAMILIES)
    made.setPixelSize(SIZES[size])
    made.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return made
