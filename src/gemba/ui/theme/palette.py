"""The Qt palette made from tokens, with every role Fusion draws from (else marks vanish in the dark)."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette

from gemba.ui.theme.tokens import Tokens


def palette(tokens: Tokens) -> QPalette:
    """A whole palette for all three colour groups."""
    made = QPalette()
    role = QPalette.ColorRole
    for which, colour in {
        role.Window: tokens.page,
        role.WindowText: tokens.ink,
        role.Base: tokens.field,
        role.AlternateBase: tokens.raised,
        role.Text: tokens.ink,
        role.PlaceholderText: tokens.faint,
        role.Button: tokens.card,
        role.ButtonText: tokens.ink,
        role.BrightText: tokens.poor,
        role.Highlight: tokens.selection,
        role.HighlightedText: tokens.ink,
        role.Link: tokens.accent_ink,
        role.LinkVisited: tokens.accent_ink,
        role.ToolTipBase: tokens.card,
        role.ToolTipText: tokens.ink,
        role.Accent: tokens.accent,
        role.Light: tokens.raised,
        role.Midlight: tokens.line,
        role.Mid: tokens.edge,
        role.Dark: tokens.edge,
        role.Shadow: tokens.line,
    }.items():
        made.setColor(which, QColor(colour))
    off = QPalette.ColorGroup.Disabled
    for which in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        made.setColor(off, which, QColor(tokens.faint))
    return made
