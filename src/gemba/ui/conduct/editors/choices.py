"""Choices to pick from: one of a few, any of a few, and a scale."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.ui.conduct.editors.base import Editor
from gemba.ui.conduct.editors.choice_button import ASIDE, AnyChoice, Choosing, OneChoice
from gemba.ui.conduct.editors.choice_layout import CellLine, ChoiceGrid

if TYPE_CHECKING:
    from gemba.forms.views import Choice, View
    from gemba.ui.conduct.media import Media

_PICTURE = QSize(180, 120)
_STEP = re.compile(r"\s*(\d)\s*(?:[-–—:.=)]\s*|\s+|$)(.*)", re.DOTALL)


class ChoicesEditor(Editor):
    """One choice (`several=False`) or any number of them, as large targets that digits choose.

    Args:
        parent: the row.
        several: any number of them.
        quick: a choice goes on to the next question.
        media: has the pictures of choices.
    """

    def __init__(self, parent: QWidget, *, several: bool, quick: bool = False, media: Media | None = None) -> None:
        super().__init__(parent)
        self._media = media
        self._several, self._quick = several, quick
        self._buttons: list[Choosing] = []
        self._names: list[str] = []
        self._offered: tuple[Choice, ...] = ()
        self._value: list[str] = []
        self._locked = False
        self._grid = self._box()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._grid)

    def show_view(self, view: View, *, locked: bool) -> None:
        """Show the choices that the form offers now, and which of them are chosen."""
        self._locked = locked
        if view.choices != self._offered:
            self._offer(view)
        self._value = view.value.split()
        for name, button in zip(self._names, self._buttons, strict=True):
            button.setChecked(name in self._value)
            button.lock(locked)
            button.update()
        self._rove()

    def stops(self) -> Sequence[QWidget]:
        """The chosen one, or the first."""
        return [button for button in self._buttons if button.focusPolicy() == Qt.FocusPolicy.StrongFocus]

    def digit(self, number: int) -> bool:
        """On a scale the digit is the step, elsewhere the place in the line."""
        keys = [button.key for button in self._buttons]
        if self._locked or str(number) not in keys:
            return False
        place = keys.index(str(number))
        self._buttons[place].setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._pick(self._names[place])
        return True

    def step(self, by: int) -> bool:
        """Move over the choices without choosing."""
        here = next((n for n, button in enumerate(self._buttons) if button.hasFocus()), -1)
        if here < 0 or not 0 <= here + by < len(self._buttons):
            return here >= 0
        self._buttons[here + by].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _box(self) -> ChoiceGrid | CellLine:
        """What holds the choices."""
        return ChoiceGrid(self)

    def _target(self) -> Choosing:
        """A new choice to press."""
        return AnyChoice(self._grid) if self._several else OneChoice(self._grid)

    def _offer(self, view: View) -> None:
        focused = any(button.hasFocus() for button in self._buttons)
        for button in self._buttons:
            button.hide()
            button.deleteLater()
        self._offered = view.choices
        self._names = [choice.name for choice in view.choices]
        steps = [] if self._several else steps_of(view.choices)
        keys = keys_of(view.choices, several=self._several)
        tones = _tones(view.choices)
        self._buttons = [
            self._button(view, choice, key, step, tone)
            for choice, key, step, tone in zip(view.choices, keys, steps or [("", "")] * len(keys), tones, strict=True)
        ]
        if isinstance(self._grid, ChoiceGrid):
            columns, pack = wished_columns(view.appearance)
            self._grid.stand(columns, pack=pack)
        self._grid.hold(self._buttons)
        for button in self._buttons:
            button.show()
        if focused and self._buttons:
            self._buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _button(self, view: View, choice: Choice, key: str, step: tuple[str, str], tone: str) -> Choosing:
        button = self._target()
        number, words = step if not step[1] or step[0] else (ASIDE, step[1])
        button.prepare(words or ("" if number else choice.label or choice.name), key=key, big=number, tone=tone)
        button.setObjectName(f"choice:{choice.name}")
        button.setAccessibleName(choice.label or choice.name)
        button.setAccessibleDescription(view.label)
        button.clicked.connect(partial(self._pick, choice.name))
        if choice.image and self._media is not None and self._media.has(choice.image):
            self._media.read(choice.image, partial(self._take_picture, button))
        return button

    def _take_picture(self, button: Choosing, data: bytes) -> None:
        image = QImage.fromData(data)
        if not image.isNull() and shiboken6.isValid(button):
            kept, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            button.picture = QPixmap.fromImage(image.scaled(_PICTURE, kept, smooth))
            self._grid.hold(self._buttons)
            self.resized.emit()

    def _pick(self, name: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signal carries it
        if self._locked:
            return
        turned = [each for each in self._names if (each in self._value) != (each == name)]
        chosen = turned if self._several else [name]
        self._value = chosen
        for each, button in zip(self._names, self._buttons, strict=True):
            button.setChecked(each in chosen)
            button.update()
        self._rove()
        self.given.emit(" ".join(chosen))
        if self._quick and chosen:
            self.onward.emit()

    def _rove(self) -> None:
        """One stop for Tab: the chosen one, or the first. For several, every box is a stop of its own."""
        chosen = next((n for n, name in enumerate(self._names) if name in self._value), 0)
        for place, button in enumerate(self._buttons):
            stop = self._several or place == chosen
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if stop else Qt.FocusPolicy.ClickFocus)


def wished_columns(appearance: str) -> tuple[int, bool]:
    """In how many columns the form wants its choices (0 for as many as fit), and whether they are packed."""
    words = appearance.split()
    found = next(
        (match for word in words if (match := re.fullmatch(r"(?:columns|compact|quickcompact)-(\d+)", word))), None
    )
    pack = bool({"columns-pack", "horizontal-compact", "compact"} & set(words)) and found is None
    return int(found[1]) if found else 0, pack


def steps_of(choices: tuple[Choice, ...]) -> list[tuple[str, str]]:
    """Number and words of each step when the choices are a scale, else nothing.

    What stands after the steps without a number (not applicable, not seen) has an empty one.
    """
    found: list[tuple[str, str]] = []
    for choice in choices:
        match = _STEP.fullmatch(choice.label)
        if match is not None:
            found.append((match[1], match[2].strip()))
        elif re.fullmatch(r"\d", choice.name):
            found.append((choice.name, choice.label))
        else:
            found.append(("", choice.label or choice.name))
    numbers = [int(step) for step, _ in found if step]
    in_order = bool(numbers) and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    steps_first = all(step for step, _ in found[: len(numbers)])
    return found if len(numbers) > 2 and in_order and steps_first else []


def digits_of(steps: list[tuple[str, str]]) -> list[str]:
    """The digit of each choice of a scale: its number; what stands beside the scale is counted down from 9."""
    taken = {step for step, _ in steps}
    free = [str(number) for number in range(9, 0, -1) if str(number) not in taken]
    return [step or (free.pop(0) if free else "") for step, _ in steps]


def keys_of(choices: tuple[Choice, ...], *, several: bool) -> list[str]:
    """The digit that chooses each choice; empty where there is none left."""
    steps = [] if several else steps_of(choices)
    return digits_of(steps) if steps else [str(n) if n < 10 else "" for n in range(1, len(choices) + 1)]


def _tones(choices: tuple[Choice, ...]) -> list[str]:
    """Best, worst and between, by the choices' scores; a choice that does not count stays plain."""
    scores = [choice.score for choice in choices if choice.score is not None]
    if len(set(scores)) < 2:
        return ["accent"] * len(choices)
    best, worst = max(scores), min(scores)
    middle = (best + worst) / 2
    return [
        "plain" if s is None else "good" if s == best or s > middle else "poor" if s == worst else "fair"
        for s in (choice.score for choice in choices)
    ]
