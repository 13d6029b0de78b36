"""What goes on with a finding and its actions, as a person meets it in the window."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QMenu
from tests.ui.pages.window import WindowObject

from gemba.ui.findings.photo_slot import PhotoSlot
from gemba.ui.findings.proof_taking import ProofTaking
from gemba.ui.findings.recurrence_box import RecurrenceBox
from gemba.ui.parts.links import LinkRow


class FindingObject:
    """One finding on its page."""

    def __init__(self, window: WindowObject, uid: str) -> None:
        self.window, self.uid = window, uid

    def open(self) -> FindingObject:
        """Go to it."""
        self.window.go("findings", self.uid)
        return self

    def contain(self, words: str) -> None:
        """Say what was done at once."""
        self.window.press("containment.open")
        self.window.type("containment.what", words)
        self.window.press("containment.keep")

    def add_action(self, words: str, owner: str, sort: str) -> None:
        """Give it an action."""
        self.window.press("button.findings.act")
        self.window.type("action.text", words)
        self.window.type("action.owner", owner)
        self.window.page.form.sort.choose(sort)
        self.window.press("action.add")

    def answer(self, similar: str, where: str = "", places: Sequence[str] = ()) -> None:
        """Answer whether the like is found elsewhere."""
        fields = self.window.page.detail.findChild(object, "similar").fields
        if not fields.isVisible():
            self.window.press("similar.open")
        fields.choice.choose(similar)
        if where:
            self.window.type("similar.where", where)
        for uid in places:
            self.window.press(f"similar.place.{uid}")
        self.window.press("similar.keep")

    def before(self) -> tuple[str, list[str]]:
        """What was found before: the sentence, and the rows below it."""
        boxes = [box for box in self.window.page.findChildren(RecurrenceBox) if box.isVisible()]
        if not boxes:
            return "", []
        return boxes[0].words.text(), [row.accessibleName() for row in boxes[0].findChildren(LinkRow)]


class ActionObject:
    """One action on its page."""

    def __init__(self, window: WindowObject, uid: str) -> None:
        self.window, self.uid = window, uid

    def open(self) -> ActionObject:
        """Go to it."""
        self.window.go("actions", self.uid)
        return self

    def done(self, proof: str) -> None:
        """Say that it is done."""
        self.window.type("actions.detail.proof", proof)
        self.window.press("button.actions.done")

    def slots(self) -> list[PhotoSlot]:
        """Photos and empty frames, pair by pair."""
        return [slot for slot in self.window.page.findChildren(PhotoSlot) if slot.isVisible()]

    def drop(self, file: Path, on: PhotoSlot) -> None:
        """Drop a photo on an empty frame."""
        held = QMimeData()
        held.setUrls([QUrl.fromLocalFile(str(file))])
        at = QPointF(on.rect().center())
        copy, buttons, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        coming = QDragEnterEvent(at.toPoint(), copy, held, buttons, none)
        QApplication.sendEvent(on, coming)
        assert coming.isAccepted(), "the frame does not take what is held over it"
        QApplication.sendEvent(on, QDropEvent(at, copy, held, buttons, none))
        self.window.settle()

    def verify(self, effect: str, how: str, similar: str, where: str) -> None:
        """Say what was seen of its effect."""
        card = self.window.page.effect
        card.fields["effect"].widget.choose(effect)
        self.window.type("effect.how", how)
        card.similar.choice.choose(similar)
        self.window.type("effect.where", where)
        self.window.press("effect.keep")

    def look(self, days: int, result: str, note: str = "") -> None:
        """Answer one of its checks."""
        if note:
            self.window.type(f"effect.note.{days}", note)
        self.window.press(f"effect.{days}.{result}")


class ProofObject:
    """The card of photos and files: of an action, a promise or an escalation."""

    def __init__(self, window: WindowObject) -> None:
        self.window = window

    @property
    def card(self) -> ProofTaking:
        """The card that is shown."""
        return next(card for card in self.window.window.findChildren(ProofTaking) if card.isVisible())

    def drop(self, *files: Path) -> None:
        """Drop files on the card."""
        held = QMimeData()
        held.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
        self._drop(held)

    def paste(self, picture: QImage | None) -> None:
        """Paste a picture, or nothing, with the card's button."""
        clipboard = QApplication.clipboard()
        if picture is None:
            clipboard.clear()
        else:
            clipboard.setImage(picture)
        self.window.press(f"{self.card.objectName()}.paste")

    def photos(self) -> list[str]:
        """Names of the photos that are seen, by the words of a screen reader."""
        slots = self.card.findChildren(PhotoSlot)
        return [slot.accessibleName() for slot in slots if slot.isVisible() and slot.has_picture()]

    def offered(self, name: str) -> list[str]:
        """What the menu of a photo or file offers."""
        self.window.press(name)
        (menu,) = [one for one in self.card.findChildren(QMenu) if one.isVisible()]
        words = [action.text() for action in menu.actions()]
        menu.close()
        self.window.settle()
        return words

    def choose(self, name: str, words: str) -> None:
        """Choose one of what the menu of a photo or file offers."""
        self.window.press(name)
        (menu,) = [one for one in self.card.findChildren(QMenu) if one.isVisible()]
        action = next(each for each in menu.actions() if each.text() == words)
        menu.close()
        action.trigger()
        self.window.settle()

    def _drop(self, held: QMimeData) -> None:
        at = QPointF(12, 12)
        copy, buttons, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        coming = QDragEnterEvent(at.toPoint(), copy, held, buttons, none)
        QApplication.sendEvent(self.card, coming)
        assert coming.isAccepted(), "the card does not take what is held over it"
        QApplication.sendEvent(self.card, QDropEvent(at, copy, held, buttons, none))
        self.window.settle()
