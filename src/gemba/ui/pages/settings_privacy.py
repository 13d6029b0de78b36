"""Settings: how long what tells of customers is kept, what is due to be erased, and what is kept of one person."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.privacy import RetentionRule
from gemba.errors import GembaError
from gemba.ui import terms
from gemba.ui.lineage.behind import Behind, Part, parts, these
from gemba.ui.lineage.number_link import NumberLinks
from gemba.ui.pages.places import PlaceNames
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card, clear, line
from gemba.ui.parts.entering import on_enter
from gemba.ui.parts.fields import Choice, Field
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.progress import ProgressRow
from gemba.ui.parts.words import Words
from gemba.ui.progress import Progress
from gemba.ui.services import Services
from gemba.work import disclose as disclosing
from gemba.work import retention
from gemba.work.disclose import Disclosed
from gemba.work.erase import proofs_with
from gemba.work.retention import SweepPlan

_SHOWN = 8
_USUAL_DAYS = 730


class PrivacyFacts(msgspec.Struct, frozen=True):
    """The rules, and what they ask for today."""

    rules: tuple[RetentionRule, ...]
    plan: SweepPlan


class PrivacyCard(Card):
    """Rules, sweep and disclosure.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("What tells of customers"), parent=parent)
        self._services = services
        self.names = PlaceNames(services.desk)
        self._plan: SweepPlan | None = None
        self._rules = QVBoxLayout()
        self._rules.setSpacing(4)
        self.body.addLayout(self._rules)
        self._put_rule_fields()
        self.body.addWidget(line(self))
        self._put_sweep()
        self.body.addWidget(line(self))
        self._put_disclosure()
        services.changed.made.connect(self._hear)

    def read(self) -> None:
        """Read the rules and what is due."""
        self._services.jobs.ask(read_privacy, self._services.desk, done=self.show_facts)

    def show_facts(self, facts: PrivacyFacts) -> None:
        """Show them."""
        self.names.read()
        self.place.offer([("", wording.text("Everywhere")), *self.names.choices()])
        clear(self._rules)
        for rule in facts.rules:
            self._rules.addWidget(_Rule(rule, self.names, self))
        if not facts.rules:
            said = wording.text("No rule yet: nothing is erased by its age.")
            self._rules.addWidget(Words(said, tone="muted", wrap=True))
        self._plan = facts.plan
        self._due.setText(_told(facts.plan))
        self._counted.put(*_behind_plan(facts.plan))
        self.reason_field.setVisible(bool(facts.plan.count))
        self.erase_button.setVisible(bool(facts.plan.count))

    @Slot()
    def add_rule(self) -> None:
        """Keep what the fields say as a rule."""
        place, days, consent = self.place.value or None, self.days.value(), self.consent.isChecked()
        wishes = {"place": place, "basis": self.basis.text(), "needs_consent": consent}
        self._services.jobs.write(_add, days, wishes, done=self._added)

    def retire(self, rule: str) -> None:
        """Let a rule hold no longer."""
        self._services.jobs.write(retention.retire_rule, rule, done=self._changed)

    @Slot()
    def erase(self) -> None:
        """Erase what is due, for the reason given."""
        self.reason_field.say_problem("")
        if self._plan is None or not self.progress.isHidden():
            return
        if not self.reason.text().strip():
            self.reason_field.say_problem(wording.text("Say why, in words that tell nothing of a person."))
            return
        job = self._services.jobs.errand(
            _sweep,
            self._services.desk,
            self._plan,
            self.reason.text(),
            progress=self.progress.told,
            done=self._swept,
            failed=self._failed,
        )
        self.progress.follow(job)

    @Slot()
    def look_for(self) -> None:
        """Look for everything that tells of the person."""
        self.person_field.say_problem("")
        terms_asked = [self.person.text()]
        self._services.jobs.ask(
            _find,
            self._services.desk,
            terms_asked,
            done=self._found,
            failed=self._not_found,
        )

    @Slot()
    def save_report(self) -> None:
        """Ask where the report of what is kept of the person goes, and write it."""
        name, _ = QFileDialog.getSaveFileName(
            self,
            wording.text("What is kept of one person"),
            wording.text("disclosure.pdf"),
            wording.text("Report (*.pdf);;Table (*.csv)"),
        )
        if name:
            self.disclose(Path(name))

    def disclose(self, file: Path) -> None:
        """Write the report; that it was told is noted."""
        reason = self.asked_by.text()
        self._services.jobs.write(
            _disclose, [self.person.text()], reason, file, done=self._disclosed, failed=self._not_found
        )

    def _put_rule_fields(self) -> None:
        self.place = Choice([("", wording.text("Everywhere"))], name="settings.privacy.place")
        self.days = QSpinBox()
        self.days.setObjectName("settings.privacy.days")
        self.days.setRange(0, retention.LONGEST)
        self.days.setValue(_USUAL_DAYS)
        self.basis = QLineEdit()
        self.basis.setObjectName("settings.privacy.basis")
        self.consent = QCheckBox(wording.text("&Quote nothing there without the customer's consent"))
        self.consent.setObjectName("settings.privacy.consent")
        self.body.addWidget(Field(wording.text("Where the &rule holds"), self.place))
        self.body.addWidget(Field(wording.text("Days &kept after closing"), self.days))
        self.body.addWidget(Field(wording.text("&Law or contract that asks for it"), self.basis))
        self.body.addWidget(self.consent)
        flow = Flow()
        flow.addWidget(
            Button(wording.text("Add this rule"), name="settings.privacy.add", icon="plus", run=self.add_rule)
        )
        self.body.addLayout(flow)

    def _put_sweep(self) -> None:
        self._due = Words("", wrap=True)
        self.reason = QLineEdit()
        self.reason.setObjectName("settings.privacy.reason")
        self.reason_field = Field(wording.text("Reason for &erasing"), self.reason)
        self.erase_button = Button(
            wording.text("Erase what is due"), name="settings.privacy.erase", icon="trash-2", run=self.erase
        )
        self.progress = ProgressRow(
            wording.text("What is due is being erased …"), name="settings.privacy.progress", parent=self
        )
        self.body.addWidget(self._due)
        self._counted = NumberLinks("settings.privacy.due", self)
        self._counted.put()
        self.body.addWidget(self._counted)
        self.body.addWidget(self.reason_field)
        flow = Flow()
        flow.addWidget(self.erase_button)
        self.body.addLayout(flow)
        self.body.addWidget(self.progress)
        self.reason_field.hide()
        self.erase_button.hide()

    def _put_disclosure(self) -> None:
        self.person, self.asked_by = QLineEdit(), QLineEdit()
        self.person.setObjectName("settings.privacy.person")
        self.asked_by.setObjectName("settings.privacy.asked_by")
        self.person_field = Field(
            wording.text("What is kept of &one person"),
            self.person,
            hint=wording.text("Name, address, or customer number; a name is best looked for in each spelling."),
        )
        self._found_words = Words("", tone="muted", wrap=True)
        self.body.addWidget(self.person_field)
        self.body.addWidget(Field(wording.text("On &whose asking"), self.asked_by))
        flow = Flow()
        find, write = (
            Button(title, name=f"settings.privacy.{name}", icon=icon, run=run)
            for title, name, icon, run in (
                (wording.text("Look for it"), "find", "search", self.look_for),
                (wording.text("Write the report …"), "disclose", "file-text", self.save_report),
            )
        )
        on_enter(find, self.person)
        flow.addWidget(find)
        flow.addWidget(write)
        self.body.addLayout(flow)
        self.body.addWidget(self._found_words)
        self._found_count = NumberLinks("settings.privacy.found", self)
        self._found_count.put()
        self.body.addWidget(self._found_count)

    def _added(self, _change: Any) -> None:
        self.basis.clear()
        self.read()

    def _changed(self, _change: Any) -> None:
        self.read()

    def _swept(self, done: int) -> None:
        self.progress.hide()
        self.reason.clear()
        said = wording.plural("{n} complaint was erased.", "{n} complaints were erased.", done)
        self._services.messages.info(said)
        self.read()

    def _failed(self, error: GembaError) -> None:
        self.progress.hide()
        self._services.messages.trouble(error)
        self.read()

    def _found(self, found: tuple[Any, ...]) -> None:
        records = len({one.uid for one in found})
        self._found_count.put(*([_behind_found(found)] if found else []))
        if not found:
            self._found_words.setText(wording.text("Nothing here tells of them."))
            return
        said = wording.plural("It stands in {n} record:", "It stands in {n} records:", records)
        names = dict.fromkeys(f"{one.known_as} ({one.noun.replace('_', ' ')})" for one in found)
        shown = list(names)[:_SHOWN]
        more = ["…"] if len(names) > _SHOWN else []
        self._found_words.setText(" ".join([said, ", ".join([*shown, *more])]))

    def _not_found(self, error: GembaError) -> None:
        self.person_field.say_problem(wording.sentence(error))

    def _disclosed(self, done: Disclosed) -> None:
        self._services.messages.info(wording.text("Written to {file}", file=str(done.file)))

    @Slot(object)
    def _hear(self, change: Any) -> None:
        if self.isVisible() and change.topics & {"retention_rule", "place"}:
            self.read()


class _Rule(QWidget):
    """A rule, and the way to end it."""

    def __init__(self, rule: RetentionRule, names: PlaceNames, card: PrivacyCard) -> None:
        super().__init__()
        self._rule, self._card = rule, card
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(10)
        where = names.name(rule.place) if rule.place else wording.text("Everywhere")
        days = wording.plural("{n} day after closing", "{n} days after closing", rule.days)
        said = [f"{where}: {days}"]
        under = [rule.purpose, rule.basis, wording.text("quoted with consent only") if rule.needs_consent else ""]
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Words(" ".join(said), wrap=True))
        told = " · ".join(part for part in under if part)
        if told:
            words.addWidget(Words(told, tone="muted", scale="small", wrap=True))
        across.addLayout(words, 1)
        button = Button(
            wording.text("End this rule"), name=f"settings.privacy.retire.{rule.uid}", look="quiet", run=self._retire
        )
        button.setAccessibleName(wording.text("End the rule for {place}", place=where))
        across.addWidget(button)

    @Slot()
    def _retire(self) -> None:
        self._card.retire(self._rule.uid)


def read_privacy(desk: Any) -> PrivacyFacts:
    """The rules and what is due; on a job's thread."""
    with desk.reader() as reader:
        rules = retention.Rules(reader).rules
    return PrivacyFacts(rules, retention.plan_sweep(desk))


def _told(plan: SweepPlan) -> str:
    if not plan.count:
        return wording.text("Nothing is due to be erased today.")
    said = wording.plural("{n} complaint is due to be erased:", "{n} complaints are due to be erased:", plan.count)
    shown = [f"{one.number} ({terms.day(one.since)})" for one in plan.shown[:_SHOWN]]
    more = ["…"] if plan.count > len(shown) else []
    places = ", ".join(f"{place or wording.text('no place')} {count}" for place, count in plan.by_place[:_SHOWN])
    files = wording.plural(
        "{n} photo or file of proof goes with them.", "{n} photos and files of proof go with them.", plan.files
    )
    return f"{said} {', '.join([*shown, *more])}\n{places}" + (f"\n{files}" if plan.files else "")


def _behind_plan(plan: SweepPlan) -> list[Behind]:
    """The complaints that are due to be erased, and what goes with them."""
    due = these(terms.number(plan.count), wording.plural("complaint", "complaints", plan.count), "complaint", plan.uids)
    title = wording.plural("photo or file", "photos and files", plan.files)
    read = partial(_read_files, plan.uids, title)
    return [due, Behind(number=terms.number(plan.files), title=title, count=plan.files, read=read)]


def _read_files(complaints: tuple[str, ...], title: str, desk: Any) -> Sequence[Part]:
    with desk.reader() as reader:
        return [Part(title, tuple(("evidence", one.uid) for one in proofs_with(reader, complaints)))]


def _behind_found(found: tuple[Any, ...]) -> Behind:
    """The records in which a person stands, each once."""
    nouns = {one.uid: one.noun for one in found}
    title = wording.plural("record", "records", len(nouns))
    return parts(terms.number(len(nouns)), title, Part(title, tuple((noun, uid) for uid, noun in nouns.items())))


def _add(desk: Any, days: int, wishes: dict[str, Any]) -> Any:
    return retention.add_rule(desk, days, **wishes)


def _sweep(desk: Any, plan: SweepPlan, reason: str, progress: Progress) -> int:
    return retention.sweep(desk, plan, reason, progress.step)


def _find(desk: Any, asked: list[str]) -> tuple[Any, ...]:
    return disclosing.find_person(desk, asked)


def _disclose(desk: Any, asked: list[str], reason: str, file: Path) -> Disclosed:
    return disclosing.disclose(desk, asked, reason, file)
