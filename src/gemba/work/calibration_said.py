"""Cases and levels of a calibration session as people write them in a form: one a line."""

from __future__ import annotations

from gemba.domain.decisions import Decision
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.work.calibration import DECISION


def cases_said(reader: Reader, said: str) -> dict[str, str]:
    """Cases by their number from 1; the number of a logged decision stands for that decision."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return {str(at): case_said(reader, line) for at, line in enumerate(lines, start=1)}


def case_said(reader: Reader, said: str) -> str:
    """One case: a decision as `decision:uid` where these words are its number, else the words."""
    found = reader.find(Decision, number=said)
    return f"{DECISION}{found[0].uid}" if len(found) == 1 else said


def pairs_said(said: str) -> dict[str, str]:
    """Lines of `name=words`.

    Raises:
        Refusal: `work.not_a_pair`.
    """
    found: dict[str, str] = {}
    for line in said.splitlines():
        if not line.strip():
            continue
        name, sign, words = line.partition("=")
        if not sign or not name.strip() or not words.strip():
            raise Refusal("work.not_a_pair", said=line.strip())
        found[name.strip()] = words.strip()
    return found
