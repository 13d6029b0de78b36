"""Who was asked not long ago, over all files, without keeping who it was.

Of each customer who answered a keyed fingerprint stands in this store alone, with the days of the answers. It is no
part of the journal, travels nowhere, and goes when the guard's days are over.
"""

from __future__ import annotations

import hmac
import secrets
from base64 import b64encode
from collections.abc import Iterable
from datetime import date, timedelta

from gemba.store.reading import Reader
from gemba.store.unit import Unit
from gemba.work.survey_rows import SurveyRow

_KEY, _KNOWN = "survey.guard_key", "survey.guard_known"
_BYTES = 9
"""Of a fingerprint: enough that no two of a million customers share one."""
MOST = 500_000
"""Fingerprints that are kept; of more the newest."""

Days = dict[str, list[str]]
"""Days of answers, as ISO dates, by fingerprint."""


class Guard:
    """The answers of this store's earlier files.

    Args:
        reader: of the store.
        days: within which no customer should be asked twice.
    """

    def __init__(self, reader: Reader, days: int) -> None:
        self._days = timedelta(days=days)
        self._key = str(reader.setting(_KEY) or secrets.token_hex(32))
        self._known: Days = dict(reader.setting(_KNOWN) or {})

    def asked_before(self, rows: Iterable[SurveyRow]) -> int:
        """Customers of whom an earlier file tells another answer fewer days apart than the guard asks for.

        The same day is the same answer: a file that comes again tells nothing new.
        """
        return sum(self._is_close(mark, days) for mark, days in self._marked(rows).items())

    def keep(self, unit: Unit, rows: Iterable[SurveyRow], today: date) -> None:
        """Note the answers of a file, and forget those whose days are over."""
        known = {mark: set(days) for mark, days in self._known.items()}
        for mark, days in self._marked(rows).items():
            known.setdefault(mark, set()).update(day.isoformat() for day in days)
        oldest = (today - self._days).isoformat()
        left = {mark: sorted(day for day in days if day > oldest) for mark, days in known.items()}
        newest = sorted((mark for mark in left if left[mark]), key=lambda mark: left[mark][-1])[-MOST:]
        self._known = {mark: left[mark] for mark in newest}
        unit.set_setting(_KEY, self._key)
        unit.set_setting(_KNOWN, self._known)

    def _is_close(self, mark: str, days: set[date]) -> bool:
        before = {date.fromisoformat(day) for day in self._known.get(mark, ())}
        return any(timedelta(0) < abs(day - other) < self._days for day in days for other in before - days)

    def _marked(self, rows: Iterable[SurveyRow]) -> dict[str, set[date]]:
        found: dict[str, set[date]] = {}
        key = bytes.fromhex(self._key)
        for row in rows:
            if row.respondent:
                said = row.respondent.strip().casefold().encode()
                mark = b64encode(hmac.digest(key, said, "sha256")[:_BYTES]).decode()
                found.setdefault(mark, set()).add(row.day)
        return found
