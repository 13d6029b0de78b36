"""The form of what leaders agreed on after they looked at a role's month."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.ui.alignment.form import Form, put_words, words_of
from gemba.ui.parts.fields import Choice
from gemba.ui.services import Services
from gemba.work.calibrate_leaders import LeadersNote, keep_note

_WORDS = ("month", "role", "present", "cases", "agreed")


class LeadersForm(Form):
    """Keeps a note in the register of discretion reviews; what was seen is written by the program.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, "leaders", look="card", parent=parent)
        self._place: str | None = None
        self.words: dict[str, Any] = {
            code: self.lines(code) if code in {"cases", "agreed"} else self.line(code) for code in _WORDS
        }
        self.judgement = Choice(_judgements(), name="leaders.judgement", parent=self)
        self.title.setText(wording.text("What did leaders agree on?"))
        seen = wording.text("The shares of that month are written into the entry.")
        for code, title, widget, hint in (
            ("month", wording.text("&Month"), self.words["month"], seen),
            ("role", wording.text("&Role"), self.words["role"], ""),
            ("present", wording.text("&Present"), self.words["present"], wording.text("Roles, no names.")),
            ("judgement", wording.text("&Judgement"), self.judgement, ""),
            ("cases", wording.text("&Cases talked through"), self.words["cases"], ""),
            ("agreed", wording.text("&Agreed among leaders"), self.words["agreed"], ""),
        ):
            self.put_field(code, title, widget, hint)
        self.put_row("month", "role")
        for code in ("present", "judgement", "cases", "agreed"):
            self.put_row(code)
        self.put_buttons(wording.text("Keep"))

    def begin(self, month: str, role: str, place: str | None) -> None:
        """Open for a role's month."""
        self._place = place
        self.say_nothing()
        for code, widget in self.words.items():
            put_words(widget, {"month": month, "role": role}.get(code, ""))
        self.judgement.choose("")
        self.words["present"].setFocus(Qt.FocusReason.OtherFocusReason)

    def keep(self) -> None:
        """Keep it; it counts as held once a judgement and an agreement are in it."""
        said = {code: words_of(widget) for code, widget in self.words.items()}
        self.write(keep_note, LeadersNote(judgement=self.judgement.value, place=self._place, **said))

    def about(self) -> Mapping[str, str]:
        """The fields that refusals are about."""
        return {"work.discretion_month": "month"}

    def said(self) -> str:
        """What is said once it is kept."""
        return wording.text("Kept in the register of discretion reviews.")


def _judgements() -> list[tuple[str, str]]:
    return [
        ("", wording.text("Not yet")),
        ("fits", wording.text("The boundaries fit")),
        ("under", wording.text("People dare too little")),
        ("over", wording.text("People go too far")),
        ("uneven", wording.text("It differs from leader to leader")),
    ]
