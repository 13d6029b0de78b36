"""Surveys: scores with their intervals, ranks as far as these allow, and the way in for a file of answers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.follow_through import Survey
from gemba.domain.places import Place
from gemba.ui import terms
from gemba.ui.insights.follow_shown import SurveysShown, read_surveys
from gemba.ui.insights.survey_import import SurveyImportForm
from gemba.ui.lineage.behind import Behind, Part
from gemba.ui.lineage.number_link import NumberLinks
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card, clear, column, scrolled
from gemba.ui.parts.empty import EmptyState
from gemba.ui.parts.fields import Choice
from gemba.ui.parts.figure_table import FigureTable
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.follow_words import instrument_title, interval, score
from gemba.work.survey_scores import Scores, SurveyScore

_WIDEST = 1080


class SurveysTab(QWidget):
    """The view.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("insights.surveys")
        self.services = services
        self.shown: SurveysShown | None = None
        self._stale = True
        self.by = Choice(
            [
                ("period", wording.text("By period")),
                ("place", wording.text("By place")),
                ("segment", wording.text("By segment")),
                ("source", wording.text("By survey")),
            ],
            name="surveys.by",
            parent=self,
        )
        self.by.setAccessibleName(wording.text("Told apart by"))
        self.take = Button(
            wording.text("Take in answers …"),
            name="surveys.take",
            icon="file-input",
            run=self.begin_import,
            parent=self,
        )
        self.form = SurveyImportForm(services, self)
        bar = QFrame(self)
        flow = Flow(bar)
        flow.addWidget(self.by)
        flow.addWidget(self.take)
        inner = QWidget()
        self._cards = QVBoxLayout(inner)
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._cards.setSpacing(16)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(scrolled(column(inner, widest=_WIDEST), name="surveys.area"))
        self._stack.addWidget(
            EmptyState(
                "gauge",
                wording.text("No answers yet"),
                wording.text("Take in a CSV file with a score and a day in each row. Who answered is never kept."),
                Button(
                    wording.text("Take in answers"),
                    name="surveys.empty.take",
                    icon="file-input",
                    look="primary",
                    run=self.begin_import,
                ),
            )
        )
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(12)
        for widget, stretch in ((bar, 0), (self.form, 0), (self._stack, 1)):
            rows.addWidget(widget, stretch)
        self.by.currentIndexChanged.connect(self._ask)
        services.changed.made.connect(self._hear)

    def arrive(self) -> None:
        """Read what is shown when something has changed since."""
        if self._stale:
            self._ask()

    def take_focus(self) -> None:
        """The keyboard begins with how answers are told apart."""
        self.by.setFocus()

    @Slot()
    def begin_import(self) -> None:
        """Ask for the file."""
        self.form.ask()

    def import_file(self, file: Path) -> None:
        """Begin with a file that is known."""
        self.form.begin(file)

    @Slot()
    def _ask(self) -> None:
        self._stale = False
        self.services.jobs.ask(read_surveys, self.services.desk, self.by.value, done=self._came)

    @Slot(object)
    def _hear(self, change: Any) -> None:
        if not change.topics & {"survey", "place"}:
            return
        self._stale = True
        if self.isVisible():
            self._ask()

    def _came(self, shown: SurveysShown) -> None:
        if shown.by != self.by.value:
            return
        self.shown = shown
        clear(self._cards)
        for found in shown.scores:
            self._cards.addWidget(_card(found))
        self._stack.setCurrentIndex(0 if shown.scores else 1)


def _card(found: Scores) -> Card:
    card = Card(instrument_title(found.instrument))
    whole = found.whole
    if whole is not None:
        card.body.addWidget(Words(_said(whole), wrap=True))
        answers = NumberLinks(f"surveys.{found.instrument}.answers")
        answers.put(_answers(whole, terms.number(whole.n), wording.text("answers")))
        card.body.addWidget(answers)
    ranked = found.by != "period"
    heads = [wording.text("Group"), wording.text("Answers"), wording.text("Score"), wording.text("Interval (95 %)")]
    heads += [wording.text("Rank")] if ranked else []
    heads += [wording.text("Asked too often")]
    table = FigureTable(
        f"surveys.{found.instrument}",
        instrument_title(found.instrument),
        heads,
        numbers=(1, 2, 4, 5) if ranked else (1, 2, 4),
        most=16,
    )
    behind = [_behind(one, often=5 if ranked else 4) for one in found.groups]
    table.put([_row(one, ranked=ranked) for one in found.groups], behind=behind)
    card.body.addWidget(table)
    if ranked:
        words = wording.text(
            "A rank is told only as far as intervals lie apart: 1–3 means anything from first to third."
        )
        card.body.addWidget(Words(words, tone="muted", scale="small", wrap=True))
    return card


def _said(whole: SurveyScore) -> str:
    if whole.value is None:
        return wording.text("{n} answers: no score is told below ten.", n=terms.number(whole.n))
    return wording.text(
        "{score} ({interval}) of {n} answers.",
        score=score(whole.value),
        interval=interval(whole.low, whole.high),
        n=terms.number(whole.n),
    )


def _row(one: SurveyScore, *, ranked: bool) -> list[str]:
    cells = [one.title or wording.text("Not told"), terms.number(one.n), score(one.value), interval(one.low, one.high)]
    if ranked:
        cells.append(rank_of(one))
    return [*cells, terms.number(one.asked_often) if one.asked_often else "–"]


def rank_of(one: SurveyScore) -> str:
    """The ranks that a score may have."""
    if one.best_rank is None or one.worst_rank is None:
        return "–"
    return str(one.best_rank) if one.best_rank == one.worst_rank else f"{one.best_rank}–{one.worst_rank}"


def _answers(one: SurveyScore, number: str, title: str) -> Behind:
    """The imported counts behind a figure: no answer is kept by itself, only how many gave each score."""
    how = wording.plural(
        "{n} import holds the counts of {answers} answers; who answered is never kept. Rows that were refused at the "
        "import were told there and are not counted.",
        "{n} imports hold the counts of {answers} answers; who answered is never kept. Rows that were refused at the "
        "import were told there and are not counted.",
        len(one.uids),
        answers=terms.number(one.n),
    )
    return Behind(number=number, title=title, count=len(one.uids), read=partial(_read_waves, one.uids), how=how)


def _behind(one: SurveyScore, often: int) -> dict[int, Behind]:
    title = one.title or wording.text("Not told")
    told = {1: terms.number(one.n), 2: score(one.value), 3: interval(one.low, one.high)}
    told |= {often: terms.number(one.asked_often)} if one.asked_often else {}
    return {at: _answers(one, number, title) for at, number in told.items()}


def _read_waves(uids: Sequence[str], desk: Any) -> Sequence[Part]:
    """The imports, each with its answers and with how many were asked too often."""
    with desk.reader() as reader:
        places = {one.uid: one.name for one in reader.find(Place)}
        words = {one.uid: _wave_words(one, places) for one in reader.many(Survey, uids)}
    return [Part(wording.text("Imported answers"), tuple(("survey", uid) for uid in words), words)]


def _wave_words(one: Survey, places: dict[str, str]) -> str:
    count = sum(one.counts.values())
    often = wording.plural("{n} asked too often", "{n} asked too often", one.asked_often) if one.asked_often else ""
    parts = (
        one.source or wording.text("Survey"),
        f"{terms.day(one.begins)} – {terms.day(one.ends)}",
        places.get(one.place or "", ""),
        one.segment,
        wording.plural("{n} answer", "{n} answers", count),
        often,
    )
    return " · ".join(part for part in parts if part)
