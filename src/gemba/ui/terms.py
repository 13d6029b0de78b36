"""What states, grades and days are called on the screen, and the tone in which they are shown."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from PySide6.QtCore import QDate, QDateTime, QLocale

from gemba import kinds, wording
from gemba.domain.actions import ActionSort
from gemba.domain.findings import FindingGrade
from gemba.errors import Refusal
from gemba.work.report_facts import grade_title


def state(code: str) -> str:
    """A state of an assessment, finding or action."""
    titles = {
        "draft": wording.text("Draft"),
        "concluded": wording.text("Concluded"),
        "open": wording.text("Open"),
        "closed": wording.text("Closed"),
        "done": wording.text("Done"),
        "overdue": wording.text("Overdue"),
    }
    return titles.get(code, code)


def state_tone(code: str) -> str:
    """The tone of a state."""
    return {"draft": "accent", "open": "note", "overdue": "poor", "concluded": "good", "done": "good"}.get(
        code, "plain"
    )


def custody(code: str) -> str:
    """How far a record has come; never shorter than the truth."""
    titles = {
        "elsewhere": wording.text("Brought by another laptop"),
        "here": wording.text("Only here"),
        "sealed": wording.text("Sealed"),
        "sent": wording.text("Sent, no receipt yet"),
        "held": wording.text("Held by headquarters"),
    }
    return titles.get(code, code)


def custody_short(code: str) -> str:
    """The same in one word, under a heading that names headquarters."""
    titles = {
        "elsewhere": wording.text("Another's"),
        "here": wording.text("Only here"),
        "sealed": wording.text("Sealed"),
        "sent": wording.text("Sent"),
        "held": wording.text("Held"),
    }
    return titles.get(code, code)


def custody_tone(code: str) -> str:
    """Only what headquarters signed for is green."""
    return {"here": "plain", "sealed": "note", "sent": "fair", "held": "good"}.get(code, "plain")


def finding_grade(code: str) -> str:
    """A finding's grade."""
    return grade_title(FindingGrade(code))


def finding_grade_tone(code: str) -> str:
    """The tone of a finding's grade."""
    tones = {"major": "poor", "minor": "fair", "opportunity": "note", "conformity": "good", "good_practice": "good"}
    return tones.get(code, "plain")


def kind(code: str) -> str:
    """A kind of assessment; one of a newer program stands for itself."""
    try:
        return wording.text(kinds.by_code(code).title)
    except Refusal:
        return code


def outcome(kind_code: str, grade: str | None) -> tuple[str, str]:
    """Title and tone of an assessment's grade; empty while it has none."""
    title, tone = kinds.grade_shown(kind_code, grade)
    return title, str(tone)


def action_sort(code: str) -> str:
    """What sort of action it is (ISO 9001 §10.2)."""
    titles = {
        ActionSort.CORRECTION: wording.text("Correction"),
        ActionSort.CORRECTIVE: wording.text("Corrective action"),
        ActionSort.IMPROVEMENT: wording.text("Improvement"),
    }
    return titles[ActionSort(code)]


def percent(score: float | None) -> str:
    """A score; empty when there is none."""
    return "" if score is None else f"{score:.0f} %"


def day(when: date | datetime | None) -> str:
    """A day as the person's language writes it; empty when there is none."""
    if when is None:
        return ""
    if isinstance(when, datetime):
        when = when.astimezone().date()
    return _day(when, wording.language())


def moment(when: datetime | None) -> str:
    """Day and time on this laptop's clock."""
    if when is None:
        return ""
    local = when.astimezone()
    time = QLocale().toString(
        QDateTime(local.year, local.month, local.day, local.hour, local.minute, 0).time(),
        QLocale.FormatType.ShortFormat,
    )
    return f"{day(local)}, {time}"


def size(count: int) -> str:
    """An amount of bytes."""
    return QLocale().formattedDataSize(count, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)


def number(count: int) -> str:
    """A whole number with the language's grouping."""
    return QLocale().toString(count)


@lru_cache(maxsize=4096)
def _day(when: date, language: str) -> str:
    del language  # only part of the cache's key: the default locale follows it
    return QLocale().toString(QDate(when.year, when.month, when.day), "d MMM yyyy")
