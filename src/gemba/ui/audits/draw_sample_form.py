"""The form that draws an audit's sample: each method shows the fields that it needs."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDoubleSpinBox, QLineEdit, QSpinBox, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.programmes import Audit
from gemba.domain.samples import SamplingMethod
from gemba.errors import GembaError
from gemba.methods.sampling.acceptance import PERCENTS, Inspection
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.fields import Choice, Field
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.draw_sample import Judged, Wanted, draw
from gemba.work.sample_facts import method_title, strata_title
from gemba.work.sample_plan import Told
from gemba.work.sample_said import filters, spreads

_SIZED = {SamplingMethod.SIMPLE, SamplingMethod.PROPORTIONAL, SamplingMethod.NEYMAN}
_STRATA = {SamplingMethod.PROPORTIONAL, SamplingMethod.NEYMAN}
_SHOWN = {
    "n": _SIZED,
    "margin": _SIZED,
    "strata": _STRATA,
    "minimum": _STRATA,
    "spreads": {SamplingMethod.NEYMAN},
    "share": {SamplingMethod.DISCOVERY},
    "aql": {SamplingMethod.ACCEPTANCE},
    "level": {SamplingMethod.ACCEPTANCE},
}
"""Fields that only some methods need."""


class DrawSampleForm(Card):
    """Closed until a sample is drawn; what a rule says is said in it.

    Args:
        services: of the window.
        audit: whose sample it is.
        again: True where a sample is there already: then a reason is needed.
        undated: decisions without a date that imports refused: what is said unless another number is.
        parent: the owner.
    """

    def __init__(
        self, services: Services, audit: Audit, *, again: bool, undated: int = 0, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent=parent)
        self._services, self._audit, self._again = services, audit, again
        self.method = Choice([(one.value, method_title(one)) for one in SamplingMethod], name="draw.method")
        self.method.choose(SamplingMethod.PROPORTIONAL.value if not again else SamplingMethod.SIMPLE.value)
        self.strata = Choice(
            [(one, strata_title(one)) for one in ("place", "scenario", "role", "goal")], name="draw.strata"
        )
        self.n = _whole("draw.n", 0, 1_000_000, 0)
        self.n.setSpecialValueText(wording.text("by the margin"))
        self.margin, self.share = _percent("draw.margin", 10.0), _percent("draw.share", 5.0)
        self.minimum = _whole("draw.minimum", 0, 1000, 3)
        self.aql = Choice([(f"{one:g}", f"{one:g} %") for one in PERCENTS], name="draw.aql")
        self.aql.choose("4")
        self.level = Choice([(one.value, one.value) for one in Inspection], name="draw.level")
        self.level.choose("II")
        self.spreads, self.filters, self.seed, self.reason = (
            _line(f"draw.{code}") for code in ("spreads", "filters", "seed", "reason")
        )
        self.double = _whole("draw.double", 0, 100, round(audit.double_share * 100))
        self.double.setSuffix(" %")
        self.undated = _whole("draw.undated", 0, 1_000_000, undated)
        self.judged = Choice(
            [
                (Judged.UNSAID.value, wording.text("Nothing is judged yet")),
                (Judged.COUNT.value, wording.text("All of it stays and counts")),
                (Judged.SET_ASIDE.value, wording.text("What is not drawn again counts no more")),
            ],
            name="draw.judged",
        )
        self.fields = self._made()
        for field in self.fields.values():
            self.body.addWidget(field)
        self.problem = Words("", tone="poor", wrap=True, parent=self)
        self.problem.hide()
        self.body.addWidget(self.problem)
        flow = Flow()
        draws, leaves = wording.text("Draw it"), wording.text("Leave it")
        flow.addWidget(Button(draws, name="draw.keep", icon="layers", run=self.keep, once=True, parent=self))
        flow.addWidget(Button(leaves, name="draw.leave", look="quiet", run=self.hide, parent=self))
        self.body.addLayout(flow)
        self.method.currentIndexChanged.connect(self._look)
        self._look()
        self.hide()

    def begin(self) -> None:
        """The keyboard begins at the method."""
        self.show()
        self.method.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def keep(self) -> None:
        """Draw."""
        self._services.jobs.write(partial(_draw, self._audit.uid, self._said()), done=self._drawn, failed=self._refused)

    def _made(self) -> dict[str, Field]:
        fields = {
            "method": (wording.text("&How"), self.method, ""),
            "strata": (wording.text("&Strata by"), self.strata, ""),
            "n": (wording.text("How &many"), self.n, ""),
            "margin": (
                wording.text("± Mar&gin"),
                self.margin,
                wording.text("How far a share may be off; used when no number is said."),
            ),
            "minimum": (wording.text("&Least of each stratum"), self.minimum, ""),
            "spreads": (
                wording.text("S&preads of the strata"),
                self.spreads,
                wording.text("Harbour=0.4; Station=0.2 – of shares at most 0.5, from earlier samples."),
            ),
            "share": (wording.text("Share of &bad ones that it must show"), self.share, ""),
            "aql": (wording.text("Acceptable &quality level"), self.aql, ""),
            "level": (wording.text("&Inspection level"), self.level, ""),
            "filters": (
                wording.text("&Only decisions with"),
                self.filters,
                wording.text("scenario=refund; role=Branch lead – empty for all of place and period."),
            ),
            "double": (wording.text("Share that &two auditors judge"), self.double, ""),
            "undated": (
                wording.text("Decisions without a &date"),
                self.undated,
                wording.text("As imports told; they are in no frame, and the sample says so."),
            ),
            "seed": (wording.text("S&eed"), self.seed, wording.text("Made when empty; kept with the sample.")),
            "reason": (wording.text("&Why again"), self.reason, ""),
            "judged": (wording.text("What becomes of what was &judged"), self.judged, ""),
        }
        return {code: Field(words, widget, hint=hint, parent=self) for code, (words, widget, hint) in fields.items()}

    @Slot()
    def _look(self) -> None:
        """Show the fields that the method needs."""
        method = SamplingMethod(self.method.value)
        for code, field in self.fields.items():
            needed = code not in ("reason", "judged") or self._again
            field.setVisible(needed and method in _SHOWN.get(code, set(SamplingMethod)))

    def _said(self) -> dict[str, Any]:
        method = SamplingMethod(self.method.value)
        sized = method in _SIZED
        n = self.n.value() or None
        return {
            "method": method,
            "told": Told(
                n=n if sized else None,
                margin=self.margin.value() / 100 if sized and n is None else None,
                share=self.share.value() / 100 if method is SamplingMethod.DISCOVERY else None,
                minimum=self.minimum.value(),
                aql=float(self.aql.value) if method is SamplingMethod.ACCEPTANCE else None,
                level=Inspection(self.level.value),
            ),
            "strata": self.strata.value if method in _STRATA else "",
            "filters": _parts(self.filters.text()),
            "spreads": _parts(self.spreads.text()) if method is SamplingMethod.NEYMAN else [],
            "seed": self.seed.text(),
            "double_share": self.double.value() / 100,
            "undated": self.undated.value(),
            "reason": self.reason.text(),
            "judged": Judged(self.judged.value),
        }

    def _drawn(self, _change: Change) -> None:
        self._services.messages.info(wording.text("The sample is drawn; frame, seed and settings are kept."))

    def _refused(self, error: GembaError) -> None:
        self.problem.setText(wording.sentence(error))
        self.problem.show()


def _draw(audit: str, said: dict[str, Any], desk: Any) -> Change:
    told, pairs = said.pop("told"), said.pop("spreads")
    with desk.reader() as reader:
        said["filters"] = filters(reader, said["filters"])
        found = spreads(reader, said["strata"], pairs)
    told = Told(**{**{name: getattr(told, name) for name in told.__struct_fields__}, "spreads": found})
    return draw(desk, audit, Wanted(told=told, **said))


def _parts(said: str) -> list[str]:
    return [part.strip() for part in said.split(";") if part.strip()]


def _line(name: str) -> QLineEdit:
    made = QLineEdit()
    made.setObjectName(name)
    return made


def _whole(name: str, low: int, high: int, value: int) -> QSpinBox:
    made = QSpinBox()
    made.setObjectName(name)
    made.setRange(low, high)
    made.setValue(value)
    return made


def _percent(name: str, value: float) -> QDoubleSpinBox:
    made = QDoubleSpinBox()
    made.setObjectName(name)
    made.setRange(0.1, 100.0)
    made.setDecimals(1)
    made.setSuffix(" %")
    made.setValue(value)
    return made
