"""The one style sheet, generated from tokens.

Widgets choose their look by dynamic properties: `look` (what they are: card, primary, quiet, chip ...), `tone` (good,
fair, poor, note, accent) and `scale` (of the type). Arrows are drawn here, because a border takes Fusion's away.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from gemba.shipped import resource
from gemba.ui.theme.tokens import RADIUS, SIZES, SMALL_RADIUS, Tokens, tone

_TONES = ("good", "fair", "poor", "note", "accent", "plain")


def sheet(tokens: Tokens) -> str:
    """The style sheet of one look, for the way in which the window is written now."""
    return "\n".join(
        part(tokens) for part in (_words, _cards, _buttons, _fields, _marks, _lists, _navigation, _menus, _scrolling)
    )


def _picture(name: str) -> str:
    return f"image: url({resource('icons', 'sheet', f'{name}.svg').as_posix()});"


def _words(t: Tokens) -> str:
    scales = "\n".join(
        f'QLabel[scale="{name}"] {{ font-size: {size}px; font-weight: {400 if name in ("body", "small") else 600}; }}'
        for name, size in SIZES.items()
    )
    tones = "\n".join(f'QLabel[tone="{name}"] {{ color: {tone(t, name)[0]}; }}' for name in _TONES)
    badges = "\n".join(
        f'QLabel[look="badge"][tone="{name}"] {{ color: {tone(t, name)[0]}; background: {tone(t, name)[1]}; }}'
        for name in _TONES
    )
    return f"""
QLabel {{ background: transparent; }}
{scales}
{tones}
QLabel[tone="muted"] {{ color: {t.muted}; }}
QLabel[strong="true"] {{ font-weight: 600; }}
QLabel[look="badge"] {{ border-radius: 11px; padding: 3px 10px; font-size: {SIZES["small"]}px; font-weight: 600; }}
{badges}
QToolTip {{ background: {t.card}; color: {t.ink}; border: 1px solid {t.line}; padding: 6px 8px; }}
"""


def _cards(t: Tokens) -> str:
    bars = "\n".join(
        f'QFrame[look="bar"][tone="{name}"] {{ background: {tone(t, name)[1]}; border: 1px solid {tone(t, name)[0]}; }}'
        for name in _TONES
    )
    return f"""
QDialog#palette {{ border: 1px solid {t.edge}; }}
QMainWindow, QDialog {{ background: {t.page}; }}
QFrame[look="card"] {{ background: {t.card}; border: 1px solid {t.line}; border-radius: {RADIUS + 2}px; }}
QFrame[look="inset"] {{ background: {t.raised}; border: 1px solid {t.line}; border-radius: {RADIUS}px; }}
QFrame[look="row"] {{ background: transparent; border: none; border-bottom: 1px solid {t.line}; border-radius: 0; }}
QFrame[look="row"][last="true"] {{ border-bottom: none; }}
QFrame[look="link"] {{ background: {t.card}; border: 1px solid {t.line}; border-radius: {RADIUS}px; }}
QFrame[look="link"]:hover {{ background: {t.raised}; border-color: {t.edge}; }}
QFrame[look="link"]:focus {{ border: 2px solid {t.focus}; }}
QFrame[look="line"] {{ background: {t.line}; border: none; max-height: 1px; min-height: 1px; }}
QFrame[look="pane"] {{ background: {t.card}; border: none; border-left: 1px solid {t.line}; }}
QFrame[look="band"] {{ background: {t.card}; border: none; border-bottom: 1px solid {t.line}; }}
QFrame[look="bar"] {{ border-radius: {RADIUS}px; }}
{bars}
QSplitter::handle {{ background: transparent; }}
QProgressBar {{ background: {t.line}; border: none; border-radius: 4px; max-height: 8px; min-height: 8px; }}
QProgressBar[look="thin"] {{ background: transparent; border-radius: 1px; max-height: 3px; min-height: 3px; }}
QProgressBar::chunk {{ background: {t.accent}; border-radius: 4px; }}
QGroupBox {{ border: none; font-weight: 600; padding-top: 24px; }}
"""


def _buttons(t: Tokens) -> str:
    return f"""
QPushButton {{
  background: {t.card}; color: {t.ink}; border: 1px solid {t.edge}; border-radius: {RADIUS}px;
  padding: 8px 16px; min-height: 20px; font-weight: 500;
}}
QPushButton:hover {{ background: {t.raised}; }}
QPushButton:pressed {{ background: {t.line}; }}
QPushButton:focus {{ border: 2px solid {t.focus}; padding: 7px 15px; }}
QPushButton:disabled {{ color: {t.faint}; border-color: {t.line}; background: {t.card}; }}
QPushButton[look="primary"] {{
  background: {t.accent}; color: {t.on_accent}; border-color: {t.accent}; font-weight: 600; padding: 8px 20px;
}}
QPushButton[look="primary"]:hover {{ background: {t.accent_hover}; border-color: {t.accent_hover}; }}
QPushButton[look="primary"]:focus {{ border: 2px solid {t.ink}; padding: 7px 19px; }}
QPushButton[look="primary"]:disabled {{ background: {t.line}; color: {t.muted}; border-color: {t.line}; }}
QPushButton[look="quiet"] {{
  background: transparent; border-color: transparent; color: {t.accent_ink}; padding: 8px 12px;
}}
QPushButton[look="quiet"]:hover {{ background: {t.accent_soft}; }}
QPushButton[look="quiet"]:focus {{ border: 2px solid {t.focus}; padding: 7px 11px; }}
QPushButton[look="quiet"]:disabled {{ color: {t.faint}; }}
QPushButton[look="number"] {{
    color: {t.accent_ink}; background: transparent; border: 2px solid transparent; border-radius: 6px;
    padding: 2px 4px; min-height: 20px; text-align: left; text-decoration: underline;
}}
QPushButton[look="number"]:hover {{ background: {t.accent_soft}; }}
QPushButton[look="number"]:focus {{ border-color: {t.focus}; }}
QPushButton[look="danger"] {{ color: {t.poor}; border-color: {t.poor}; }}
QPushButton[look="danger"]:hover {{ background: {t.poor_soft}; }}
QToolButton {{
  background: transparent; color: {t.ink}; border: 1px solid transparent; border-radius: {SMALL_RADIUS}px; padding: 7px;
}}
QToolButton:hover {{ background: {t.raised}; border-color: {t.line}; }}
QToolButton:pressed, QToolButton:checked {{ background: {t.accent_soft}; }}
QToolButton:focus {{ border: 2px solid {t.focus}; padding: 6px; }}
QToolButton::menu-indicator {{ image: none; }}
QToolButton[look="chip"] {{
  background: {t.card}; border: 1px solid {t.edge}; border-radius: 17px; padding: 6px 14px; color: {t.ink};
}}
QToolButton[look="chip"]:hover {{ background: {t.raised}; }}
QToolButton[look="chip"]:focus {{ border: 2px solid {t.focus}; padding: 5px 13px; }}
QToolButton[look="chip"][active="true"] {{
  background: {t.accent_soft}; border-color: {t.accent}; color: {t.accent_ink}; font-weight: 600;
}}
"""


def _fields(t: Tokens) -> str:
    inner = (
        "QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox, QDoubleSpinBox, QDateEdit, QTimeEdit, QDateTimeEdit"
    )
    focused = ", ".join(f"{name.strip()}:focus" for name in inner.split(","))
    off = ", ".join(f"{name.strip()}:disabled" for name in inner.split(","))
    spins = ("QSpinBox", "QDoubleSpinBox", "QDateEdit", "QTimeEdit", "QDateTimeEdit")
    ups = ", ".join(f"{name}::up-button" for name in spins)
    downs = ", ".join(f"{name}::down-button" for name in spins)
    up_arrows = ", ".join(f"{name}::up-arrow" for name in spins)
    down_arrows = ", ".join(f"{name}::down-arrow" for name in spins)
    # Qt mirrors where the arrow stands, but no padding
    mirrored = QGuiApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
    begin, end = ("right", "left") if mirrored else ("left", "right")
    return f"""
{inner} {{
  background: {t.field}; color: {t.ink}; border: 1px solid {t.edge}; border-radius: {RADIUS}px; padding: 8px 12px;
  min-height: 20px; selection-background-color: {t.accent}; selection-color: {t.on_accent};
}}
{focused} {{ border: 2px solid {t.focus}; padding: 7px 11px; }}
{off} {{ background: {t.page}; color: {t.faint}; border-color: {t.line}; }}
QLineEdit[problem="true"], QPlainTextEdit[problem="true"], QComboBox[problem="true"], QDateEdit[problem="true"] {{
  border: 2px solid {t.poor}; padding: 7px 11px;
}}
QLineEdit[look="search"] {{ padding-{begin}: 6px; }}
QComboBox {{ padding-{end}: 34px; }}
QComboBox:focus {{ padding-{end}: 33px; }}
QComboBox::drop-down {{
  subcontrol-origin: border; subcontrol-position: center right; border: none; background: transparent; width: 34px;
}}
QComboBox::down-arrow {{ {_picture("chevron-down")} width: 18px; height: 18px; }}
QComboBox QAbstractItemView {{
  background: {t.card}; color: {t.ink}; border: 1px solid {t.line}; padding: 4px; outline: none;
  selection-background-color: {t.selection}; selection-color: {t.ink};
}}
QComboBox QAbstractItemView::item {{ min-height: 34px; padding: 0 8px; }}
{ups}, {downs} {{ border: none; background: transparent; width: 24px; subcontrol-origin: border; }}
{ups} {{ subcontrol-position: top right; margin: 4px 4px 0 0; }}
{downs} {{ subcontrol-position: bottom right; margin: 0 4px 4px 0; }}
{up_arrows} {{ {_picture("chevron-up")} width: 14px; height: 14px; }}
{down_arrows} {{ {_picture("chevron-down")} width: 14px; height: 14px; }}
QDateEdit[calendarPopup="true"]::drop-down, QDateTimeEdit[calendarPopup="true"]::drop-down {{
  subcontrol-origin: border; subcontrol-position: center right; border: none; width: 34px;
}}
QDateEdit[calendarPopup="true"]::down-arrow, QDateTimeEdit[calendarPopup="true"]::down-arrow {{
  {_picture("chevron-down")} width: 18px; height: 18px;
}}
QCalendarWidget QWidget {{ background: {t.card}; color: {t.ink}; }}
QCalendarWidget QAbstractItemView {{ selection-background-color: {t.accent}; selection-color: {t.on_accent}; }}
"""


def _marks(t: Tokens) -> str:
    on = "dark" if t.dark else "light"
    return f"""
QCheckBox, QRadioButton {{
  spacing: 10px; background: transparent; padding: 4px; border: 2px solid transparent; border-radius: 6px;
}}
QCheckBox:focus, QRadioButton:focus {{ border-color: {t.focus}; }}
QCheckBox::indicator, QRadioButton::indicator {{
  width: 18px; height: 18px; border: 2px solid {t.edge}; background: {t.field}; border-radius: 5px;
}}
QRadioButton::indicator {{ border-radius: 11px; }}
QCheckBox::indicator:hover, QRadioButton::indicator:hover {{ border-color: {t.accent}; }}
QCheckBox::indicator:checked {{ background: {t.accent}; border-color: {t.accent}; {_picture(f"check-{on}")} }}
QCheckBox::indicator:indeterminate {{ background: {t.accent}; border-color: {t.accent}; {_picture(f"minus-{on}")} }}
QRadioButton::indicator:checked {{ background: {t.accent}; border-color: {t.accent}; {_picture(f"dot-{on}")} }}
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {{ border-color: {t.line}; background: {t.page}; }}
QListWidget[look="ticks"] {{
  background: {t.field}; border: 1px solid {t.edge}; border-radius: {RADIUS}px; padding: 4px; outline: none;
}}
QListWidget[look="ticks"]:focus {{ border: 2px solid {t.focus}; }}
QListWidget[look="ticks"]::item {{ padding: 7px 6px; border-radius: 6px; color: {t.ink}; }}
QListWidget[look="ticks"]::item:selected {{ background: {t.accent_soft}; color: {t.ink}; }}
QListWidget[look="ticks"]::indicator {{
  width: 16px; height: 16px; border: 2px solid {t.edge}; background: {t.field}; border-radius: 5px;
}}
QListWidget[look="ticks"]::indicator:checked {{
  background: {t.accent}; border-color: {t.accent}; {_picture(f"check-{on}")}
}}
"""


def _lists(t: Tokens) -> str:
    return f"""
QTableView, QListView, QTreeView {{
  background: {t.card}; border: none; outline: none; gridline-color: {t.line};
  selection-background-color: {t.selection}; selection-color: {t.ink};
}}
QListView[look="lane"] {{ background: transparent; selection-background-color: transparent; }}
QListView[look="lane"]::item {{ background: transparent; }}
QHeaderView {{ background: {t.card}; border: none; }}
QHeaderView::section {{
  background: {t.card}; color: {t.muted}; border: none; border-bottom: 1px solid {t.line}; padding: 9px 12px;
  font-size: {SIZES["small"]}px; font-weight: 600;
}}
QHeaderView::section:hover {{ background: {t.raised}; color: {t.ink}; }}
QHeaderView::up-arrow {{
  {_picture("arrow-up")} width: 14px; height: 14px; subcontrol-position: center right; right: 8px;
}}
QHeaderView::down-arrow {{
  {_picture("arrow-down")} width: 14px; height: 14px; subcontrol-position: center right; right: 8px;
}}
QTableCornerButton::section {{ background: {t.card}; border: none; }}
"""


def _navigation(t: Tokens) -> str:
    return f"""
QFrame[look="navigation"] {{ background: {t.nav}; border: none; }}
QFrame[look="navigation"] QLabel {{ color: {t.nav_ink}; }}
QFrame[look="navigation"] QLabel[tone="muted"] {{ color: {t.nav_muted}; }}
QFrame[look="navigation"] QToolButton {{
  color: {t.nav_muted}; background: transparent; border: 2px solid transparent; border-radius: {RADIUS}px;
  padding: 0px 12px; text-align: left; font-weight: 500;
}}
QFrame[look="navigation"] QToolButton:hover {{ color: {t.nav_ink}; background: {t.nav_active}; }}
QFrame[look="navigation"] QToolButton:checked {{ color: {t.nav_ink}; background: {t.nav_active}; font-weight: 600; }}
QFrame[look="navigation"] QToolButton:focus {{ border-color: {t.nav_ink}; }}
"""


def _menus(t: Tokens) -> str:
    return f"""
QMenuBar {{ background: {t.card}; color: {t.ink}; border-bottom: 1px solid {t.line}; padding: 2px 6px; }}
QMenuBar::item {{ background: transparent; padding: 6px 10px; border-radius: {SMALL_RADIUS}px; }}
QMenuBar::item:selected {{ background: {t.raised}; }}
QMenu {{ background: {t.card}; color: {t.ink}; border: 1px solid {t.line}; padding: 6px; }}
QMenu::item {{ padding: 8px 28px 8px 12px; border-radius: {SMALL_RADIUS}px; }}
QMenu::item:selected {{ background: {t.selection}; color: {t.ink}; }}
QMenu::item:disabled {{ color: {t.faint}; }}
QMenu::icon {{ padding-left: 8px; }}
QMenu::separator {{ height: 1px; background: {t.line}; margin: 6px 8px; }}
QMenu::indicator {{ width: 16px; height: 16px; margin-left: 8px; border: 2px solid {t.edge}; border-radius: 4px; }}
QMenu::indicator:checked {{
  background: {t.accent}; border-color: {t.accent}; {_picture("check-dark" if t.dark else "check-light")}
}}
"""


def _scrolling(t: Tokens) -> str:
    return f"""
QScrollArea, QScrollArea > QWidget > QWidget[look="scrolled"] {{ background: transparent; border: none; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle {{ background: {t.edge}; border-radius: 4px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 36px; }}
QScrollBar::handle:horizontal {{ min-width: 36px; }}
QScrollBar::handle:hover {{ background: {t.muted}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""
