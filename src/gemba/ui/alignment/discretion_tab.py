"""The tab of discretion: how far each role goes, month by month; each number opens its decisions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.decisions import Standing
from gemba.domain.places import Place
from gemba.reports.chart_numbers import percent
from gemba.ui import terms
from gemba.ui.alignment.leaders_form import LeadersForm
from gemba.ui.lineage.behind import Behind, listed
from gemba.ui.lineage.number_link import NumberLinks
from gemba.ui.pages.places import PlaceNames
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card, column, scrolled
from gemba.ui.parts.empty import EmptyState
from gemba.ui.parts.fields import Choice, Field
from gemba.ui.parts.figure_table import FigureTable
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work import discretion
from gemba.work.decision_words import standing_short
from gemba.work.desk import Desk
from gemba.work.discretion import Discretion, Exceptions, MonthReview, Reading, RoleReview, Share, reading_words

_WIDEST = 1180
_SHOWN = (
    *(Standing.WITHIN, Standing.AT_LIMIT, Standing.BEYOND, Standing.ESCALATED, Standing.NEEDLESS),
    *(Standing.UNBOUNDED, Standing.UNTOLD),
)
_TONES = {Reading.FITS: "good", Reading.OVER: "poor", Reading.UNDER: "fair", Reading.BOTH: "poor"}
_MOST_PLACES = 40


class DiscretionShown(msgspec.Struct, frozen=True):
    """What the tab shows."""

    review: Discretion
    exceptions: Exceptions
    places: tuple[Any, ...]


class DiscretionTab(QWidget):
    """The view.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("discretion")
        self.services = services
        self.names = PlaceNames(services.desk)
        self.shown: DiscretionShown | None = None
        self._stale = True
        self._role = ""
        self.months = Choice(_spans(), name="discretion.months", parent=self)
        self.months.choose("6")
        self.place = Choice([("", wording.text("All places"))], name="discretion.place", search=True, parent=self)
        self.form = LeadersForm(services, self)
        self._make_tables()
        self._lay_out()
        self.roles.chosen.connect(self._choose_role)
        self.months.activated.connect(self._ask)
        self.place.activated.connect(self._ask)
        self.form.kept.connect(self._kept)
        self.form.left.connect(self._leave_form)
        services.changed.made.connect(self._hear)

    def arrive(self) -> None:
        """Read what is shown when something has changed since."""
        if self._stale:
            self._ask()

    def take_focus(self) -> None:
        """The keyboard begins with the roles."""
        self.roles.setFocus(Qt.FocusReason.OtherFocusReason)

    def sights(self) -> dict[str, Callable[[], None]]:
        """What pictures show besides: the form of leaders' notes."""
        return {"note": self.begin_adding}

    def show_uid(self, uid: str) -> None:
        """There are no records of its own here."""
        del uid

    @Slot()
    def begin_adding(self) -> None:
        """Open the form of what leaders agreed on."""
        self._stack.setCurrentIndex(2)
        months = self.shown.review.months.get(self._role, ()) if self.shown is not None else ()
        month = months[-1].month if months else f"{self.services.desk.clock():%Y-%m}"
        self.form.begin(month, self._role, self.place.value or None)

    @Slot()
    def _ask(self) -> None:
        self._stale = False
        count, place = int(self.months.value or "6"), self.place.value or None
        self.services.jobs.ask(read_discretion, self.services.desk, count, place, done=self._came)

    @Slot(object)
    def _hear(self, change: Any) -> None:
        if change.topics & {"decision", "boundary", "place", "register_entry"}:
            self._stale = True
            if self.isVisible():
                self._ask()

    def _came(self, shown: DiscretionShown) -> None:
        self.shown = shown
        self.names.take(shown.places)
        self.place.offer([("", wording.text("All places")), *self.names.choices()])
        if self._stack.currentIndex() != 2:
            self._stack.setCurrentIndex(0 if shown.review.total or self.place.value else 1)
        span = wording.text(
            "{begins} to {ends}", begins=terms.day(shown.review.begins), ends=terms.day(shown.review.ends)
        )
        count_word = wording.plural("decision", "decisions", shown.review.total)
        self.span.setText(span)
        self.total.put(self._listed(terms.number(shown.review.total), count_word, shown.review.total))
        roles = shown.review.roles
        self.roles.put(
            [_role_row(one) for one in roles],
            [_role_tones(one) for one in roles],
            [self._of_role(one, 2, _SHOWN, role=one.role) for one in roles],
        )
        places = shown.review.places[:_MOST_PLACES]
        self.by_place.put(
            [_place_row(one, self.names) for one in places],
            [_place_tones(one) for one in places],
            [self._of_role(one, 3, _SHOWN[2:5], role=one.role, place=one.place or "") for one in places],
        )
        self.used.put(
            [
                [one.code, one.title or wording.text("Not in the register"), terms.number(one.count)]
                for one in shown.exceptions.used
            ],
            behind=[
                {2: self._listed(terms.number(one.count), one.title or one.code, one.count, exception=one.code)}
                for one in shown.exceptions.used
            ],
        )
        self.gaps.put(
            [
                [one.scenario or wording.text("Not said"), one.role, terms.number(one.count), terms.day(one.last)]
                for one in shown.exceptions.gaps
            ],
            behind=[
                {
                    2: self._listed(
                        terms.number(one.count),
                        f"{one.role} · {one.scenario or wording.text('Not said')}",
                        one.count,
                        scenario=one.scenario,
                        role=one.role,
                        standing=Standing.UNBOUNDED.value,
                    )
                }
                for one in shown.exceptions.gaps
            ],
        )
        self.used.setVisible(bool(shown.exceptions.used))
        self._no_standard.setVisible(not shown.exceptions.used)
        self.gaps.setVisible(bool(shown.exceptions.gaps))
        self._no_gap.setVisible(not shown.exceptions.gaps)
        if roles:
            known = [one.role for one in roles]
            self._show_role(roles[known.index(self._role) if self._role in known else 0])

    @Slot(int)
    def _choose_role(self, row: int) -> None:
        if self.shown is not None and 0 <= row < len(self.shown.review.roles):
            self._show_role(self.shown.review.roles[row])

    def _show_role(self, role: RoleReview) -> None:
        assert self.shown is not None
        self._role = role.role
        self.about.setText(f"{role.words} {role.trend}".strip())
        self._month_title.setText(wording.text("{role}, month by month", role=role.role))
        months = self.shown.review.months.get(role.role, ())
        self.by_month.put(
            [_month_row(one) for one in months], behind=[self._of_month(role.role, one) for one in months]
        )

    def _listed(self, number: str, title: str, count: int, **where: str) -> Behind:
        """The decisions behind a number, in the months that are shown."""
        assert self.shown is not None
        months = discretion.months_of(self.shown.review.begins, self.shown.review.ends)
        meant: dict[str, str | Sequence[str]] = {"quarter": months, **where}
        if self.place.value:
            meant.setdefault("place", self.place.value)
        return listed(number, title, "alignment", tab="decisions", count=count, **meant)

    def _of_role(self, one: RoleReview, first: int, standings: Sequence[Standing], **where: str) -> dict[int, Behind]:
        """What is behind the numbers of a row: all decisions, then those of each standing."""
        total = self._listed(terms.number(one.total), one.role, one.total, **where)
        return {first: total, **self._of_shares(one.role, one.shares, first + 1, standings, **where)}

    def _of_shares(
        self, about: str, shares: dict[str, Share], first: int, standings: Sequence[Standing], **where: str
    ) -> dict[int, Behind]:
        return {
            at: self._listed(
                share_words(share), f"{about} · {standing_short(each)}", share.count, standing=each.value, **where
            )
            for at, each in enumerate(standings, first)
            if (share := shares[each.value]).count
        }

    def _of_month(self, role: str, one: MonthReview) -> dict[int, Behind]:
        where = {"role": role, "quarter": one.month}
        total = self._listed(terms.number(one.total), f"{role} · {one.month}", one.total, **where)
        return {1: total, **self._of_shares(role, one.shares, 2, _SHOWN, **where)}

    @Slot(str)
    def _kept(self, uid: str) -> None:
        self._leave_form()
        self.services.go("registers", uid)

    @Slot()
    def _leave_form(self) -> None:
        self._stack.setCurrentIndex(0)
        self._ask()

    def _make_tables(self) -> None:
        shares = [standing_short(standing) for standing in _SHOWN]
        reading, count = wording.text("What it says"), wording.text("Decisions")
        self.roles = FigureTable(
            "discretion.roles",
            wording.text("Roles"),
            [wording.text("Role"), reading, count, *shares],
            numbers=range(2, 3 + len(_SHOWN)),
            parent=self,
        )
        self.by_month = FigureTable(
            "discretion.by_month",
            wording.text("Month by month"),
            [wording.text("Month"), count, *shares],
            numbers=range(1, 2 + len(_SHOWN)),
            parent=self,
        )
        self.by_place = FigureTable(
            "discretion.by_place",
            wording.text("Roles at places"),
            [
                wording.text("Place"),
                wording.text("Role"),
                reading,
                count,
                *(standing_short(one) for one in _SHOWN[2:5]),
            ],
            numbers=range(3, 7),
            parent=self,
        )
        self.used = FigureTable(
            "discretion.used",
            wording.text("Exception standards in use"),
            [wording.text("Standard"), wording.text("Title"), count],
            numbers=(2,),
            parent=self,
        )
        self.gaps = FigureTable(
            "discretion.gaps",
            wording.text("Decided without boundary or standard"),
            [wording.text("Scenario"), wording.text("Role"), count, wording.text("Latest")],
            numbers=(2,),
            parent=self,
        )

    def _lay_out(self) -> None:
        self.span = Words("", tone="muted", parent=self)
        self.total = NumberLinks("discretion.total", self)
        self.about = Words("", wrap=True, parent=self)
        self.about.setObjectName("discretion.about")
        self._no_standard = Words(
            wording.text("No decision followed an exception standard."), tone="muted", wrap=True, parent=self
        )
        self._no_gap = Words(
            wording.text("Each case has a boundary or a standard."), tone="muted", wrap=True, parent=self
        )
        top = Card(wording.text("How far people go"), parent=self)
        bar = QFrame(top)
        flow = Flow(bar)
        for field in (Field(wording.text("&Months"), self.months), Field(wording.text("&Place"), self.place)):
            field.setMinimumWidth(220)
            flow.addWidget(field)
        note = wording.text(
            "Shares of what can be compared with a boundary, with the range they may truly lie in. Enter on a number "
            "opens its decisions."
        )
        for widget in (
            bar,
            self.span,
            self.total,
            Words(note, tone="muted", wrap=True, parent=top),
            self.roles,
            self.about,
        ):
            top.body.addWidget(widget)
        buttons = Flow()
        buttons.addWidget(
            Button(
                wording.text("Keep what leaders agreed"),
                name="discretion.note",
                icon="notebook-pen",
                run=self.begin_adding,
                parent=top,
            )
        )
        top.body.addLayout(buttons)
        self._month_title = Words("", scale="heading", wrap=True, parent=self)
        month_card = Card(parent=self)
        month_card.body.addWidget(self._month_title)
        month_card.body.addWidget(self.by_month)
        place_card = Card(wording.text("Roles at places, those that say something first"), parent=self)
        place_card.body.addWidget(self.by_place)
        exceptions = Card(wording.text("Exception standards in use"), parent=self)
        exceptions.body.addWidget(self.used)
        exceptions.body.addWidget(self._no_standard)
        gaps = Card(wording.text("Decided without boundary or standard"), parent=self)
        gaps.body.addWidget(self.gaps)
        gaps.body.addWidget(self._no_gap)
        self._stack = QStackedWidget(self)
        cards = column(top, month_card, place_card, exceptions, gaps, widest=_WIDEST)
        self._stack.addWidget(scrolled(cards, name="discretion.area"))
        said = wording.text(
            "Record or import decisions: then it shows here whether people dare too little or too much."
        )
        self._stack.addWidget(EmptyState("gauge", wording.text("Nothing was decided in these months"), said))
        self._stack.addWidget(scrolled(column(self.form, widest=760), name="leaders.area"))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self._stack)


def read_discretion(desk: Desk, months: int, place: str | None) -> DiscretionShown:
    """Everything that is shown; on a job's thread."""
    with desk.reader() as reader:
        begins, ends = discretion.span(f"{reader.clock():%Y-%m}", months)
        return DiscretionShown(
            discretion.review(reader, begins, ends, place=place),
            discretion.exceptions(reader, begins, ends, place=place),
            tuple(reader.find(Place)),
        )


def share_words(share: Share) -> str:
    """A share with its range; counts where they are too few to say."""
    if share.share is None or share.low is None or share.high is None:
        return wording.text("{count} of {of}", count=share.count, of=share.of) if share.count else "–"
    if not share.count:
        return percent(0)
    return f"{percent(share.share)} ({100 * share.low:.0f}–{100 * share.high:.0f})"


def _spans() -> list[tuple[str, str]]:
    return [(str(count), wording.plural("This month", "The last {n} months", count)) for count in (1, 3, 6, 12, 24)]


def _role_row(one: RoleReview) -> list[str]:
    shares = [share_words(one.shares[standing]) for standing in _SHOWN]
    return [one.role, reading_words(one.reading), terms.number(one.total), *shares]


def _role_tones(one: RoleReview) -> dict[int, str]:
    tone = _TONES.get(one.reading, "")
    return {1: tone} if tone else {}


def _place_row(one: RoleReview, names: PlaceNames) -> list[str]:
    shares = [share_words(one.shares[standing]) for standing in _SHOWN[2:5]]
    return [names.name(one.place or ""), one.role, reading_words(one.reading), terms.number(one.total), *shares]


def _place_tones(one: RoleReview) -> dict[int, str]:
    tone = _TONES.get(one.reading, "")
    return {2: tone} if tone else {}


def _month_row(one: MonthReview) -> list[str]:
    return [one.month, terms.number(one.total), *(share_words(one.shares[standing]) for standing in _SHOWN)]
