"""What complaints speak of: themes of a set against the others, and how suggestions agreed with people."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from gemba import wording
from gemba.domain.vocabularies import Facet
from gemba.errors import GembaError
from gemba.methods.text.agreement import Agreement
from gemba.reports.chart_numbers import percent
from gemba.store import vocabularies
from gemba.ui.complaints.suggesting import FACETS, facet_title
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card, clear
from gemba.ui.parts.fields import Choice
from gemba.ui.parts.progress import ProgressRow
from gemba.ui.parts.words import Words
from gemba.ui.progress import Progress
from gemba.ui.services import Services
from gemba.work import read_words, suggestion_record
from gemba.work.desk import Desk
from gemba.work.read_words import FoundTheme, Themes
from gemba.work.which_complaints import ALL, Which

MOST = 20
_LABELS = 8
Chosen = Callable[[FoundTheme], object]


class AgreementFacts(msgspec.Struct, frozen=True):
    """What the card of agreement shows."""

    agreement: Agreement
    titles: dict[str, str]
    """What the codes are called."""


class ThemesCard(Card):
    """The themes of a set of complaints; pressing one shows its complaints.

    Args:
        services: of the window.
        which: says which complaints are meant when it is asked.
        chosen: called with the theme that was pressed.
        parent: the owner.
    """

    def __init__(
        self,
        services: Services,
        which: Callable[[], Which] = lambda: ALL,
        chosen: Chosen | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(wording.text("Themes"), parent=parent)
        self.setObjectName("themes")
        self._services, self._which, self._chosen = services, which, chosen
        self.found: Themes | None = None
        said = wording.text("Words and phrases that these complaints have more often than the others.")
        self._said = Words(said, tone="muted", wrap=True)
        self.body.addWidget(self._said)
        self.begin = Button(wording.text("Find themes"), name="themes.find", icon="search", run=self.look_for)
        across = QHBoxLayout()
        across.addWidget(self.begin)
        across.addStretch(1)
        self.body.addLayout(across)
        self.progress = ProgressRow(wording.text("Reading words …"), name="themes.progress")
        self.body.addWidget(self.progress)
        self._inner = QWidget()
        self._grid = QGridLayout(self._inner)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(20)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        self.body.addWidget(self._inner)

    @Slot()
    def look_for(self) -> None:
        """Find the themes of what is meant now, beside the window."""
        ticket = self._services.jobs.ask(
            _themes,
            self._services.desk,
            self._which(),
            progress=self.progress.told,
            done=self.show_themes,
            failed=self._failed,
        )
        self.progress.follow(ticket)

    def show_themes(self, found: Themes) -> None:
        """Show them, the weightiest first."""
        self.progress.hide()
        self.found = found
        clear(self._grid)
        read = wording.plural("{n} complaint was read", "{n} complaints were read", found.read)
        told = wording.text("{read}, compared with {n:other|others}.", read=read, n=found.compared)
        if not found.compared:
            told = wording.text("{read}; there are no others to compare with.", read=read)
        if not found.themes:
            told = wording.text("{read}; nothing stands out.", read=read)
        self._said.setText(told)
        heads = (wording.text("Theme"), wording.text("Complaints"), wording.text("Here"), wording.text("Elsewhere"))
        for at, head in enumerate(heads if found.themes else ()):
            self._grid.addWidget(Words(head, tone="muted", scale="small"), 0, at, _side(at))
        for row, theme in enumerate(found.themes, 1):
            for at, part in enumerate(self._parts(row, theme)):
                self._grid.addWidget(part, row, at, _side(at))

    def _parts(self, row: int, theme: FoundTheme) -> list[QWidget]:
        phrase: QWidget = Words(theme.phrase, strong=True, wrap=True)
        if self._chosen is not None:
            phrase = _ThemeButton(row, theme, self._chosen)
        elsewhere = "–" if theme.elsewhere is None else percent(theme.elsewhere, 1)
        return [phrase, Words(str(len(theme.complaints))), Words(percent(theme.share, 1)), Words(elsewhere)]

    def _failed(self, error: GembaError) -> None:
        self.progress.hide()
        self._services.messages.trouble(error)


class _ThemeButton(Button):
    """A theme that can be pressed."""

    def __init__(self, row: int, theme: FoundTheme, chosen: Chosen) -> None:
        super().__init__(theme.phrase, name=f"themes.theme.{row}", look="quiet", run=self.choose)
        self._theme, self._chosen = theme, chosen
        self.setToolTip(wording.text("Show the complaints behind it"))

    @Slot()
    def choose(self) -> None:
        """Show the complaints behind it."""
        self._chosen(self._theme)


class AgreementCard(Card):
    """How suggestions of a facet agreed with what people decided.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("Suggestions and what people decided"), parent=parent)
        self.setObjectName("agreement")
        self._services = services
        self.facet = Choice([(facet.value, facet_title(facet)) for facet in FACETS], name="agreement.facet")
        self.facet.setAccessibleName(wording.text("Which codes"))
        self.facet.currentIndexChanged.connect(self.read)
        across = QHBoxLayout()
        across.addWidget(self.facet)
        across.addStretch(1)
        self.body.addLayout(across)
        self._said = Words("", wrap=True)
        self.body.addWidget(self._said)
        self._inner = QWidget()
        self._grid = QGridLayout(self._inner)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        self.body.addWidget(self._inner)
        self.read()

    @Slot()
    def read(self) -> None:
        """Count, beside the window."""
        facet = Facet(self.facet.value)
        self._services.jobs.ask(_agreed, self._services.desk, facet, done=self.show_agreement, failed=self._say_none)

    def show_agreement(self, facts: AgreementFacts) -> None:
        """Show the figures and the table of what was suggested by what was decided."""
        clear(self._grid)
        found = facts.agreement
        kappa = "–" if found.kappa is None else f"{found.kappa.kappa:.2f}"
        told = wording.text(
            "{right} of {said:suggestion was|suggestions were} accepted (kappa {kappa}); "
            "{n:time|times} the program was not sure.",
            right=found.right,
            said=found.suggested,
            kappa=kappa,
            n=found.not_sure,
        )
        self._said.setText(told)
        labels = found.confusion.labels[:_LABELS]
        if not labels:
            return
        self._grid.addWidget(
            Words(wording.text("Suggested (rows), decided (columns)"), tone="muted", scale="small", wrap=True), 0, 0
        )
        for row, label in enumerate(labels, 1):
            self._grid.addWidget(Words(str(row), tone="muted", scale="small"), 0, row, _side(row))
            title = facts.titles.get(label, label)
            self._grid.addWidget(Words(f"{row}  {title}", wrap=True), row, 0)
            for at, count in enumerate(found.confusion.counts[row - 1][:_LABELS], 1):
                self._grid.addWidget(_count(count, is_right=at == row), row, at, _side(at))

    def _say_none(self, error: GembaError) -> None:
        clear(self._grid)
        self._said.setText(wording.sentence(error))


def _count(count: int, *, is_right: bool) -> Words:
    return Words(str(count) if count else "·", strong=is_right and bool(count), tone="" if count else "muted")


def _side(at: int) -> Qt.AlignmentFlag:
    return Qt.AlignmentFlag.AlignVCenter | (Qt.AlignmentFlag.AlignLeft if at == 0 else Qt.AlignmentFlag.AlignRight)


def _themes(desk: Desk, which: Which, progress: Progress) -> Themes:
    return read_words.themes_of(desk, which, most=MOST, step=progress.step)


def _agreed(desk: Desk, facet: Facet) -> AgreementFacts:
    with desk.reader() as reader:
        return AgreementFacts(suggestion_record.agreed(reader, facet), vocabularies.titles(reader, facet))
