"""What was written down in the conduct of an audit, section by section: meetings, documents, interviews."""

from __future__ import annotations

from gemba.work.conduct import Sheet
from gemba.work.report_facts import answer_shown, numbered


def conduct_said(sheet: Sheet) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Each section that holds an answer: its title, and its questions with their answers and notes."""
    found: list[tuple[str, list[tuple[str, str]]]] = []
    for item in sheet.fill.items():
        if item.kind in {"section", "repeat"}:
            found.append((numbered(sheet, item.path), []))
        elif item.kind == "question" and found:
            view = sheet.fill.view(item.path)
            names = [one.name for one in sheet.evidence if one.path == item.path]
            said = " · ".join(filter(None, (answer_shown(view, names), sheet.notes.get(item.path, ""))))
            if said:
                found[-1][1].append((view.label or view.name, said))
    return tuple((title, tuple(rows)) for title, rows in found if rows)
