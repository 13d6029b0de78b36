"""A quarter of local decisions for whole stories: three shells (two laptops, headquarters), a log, a conduct."""

from __future__ import annotations

import csv
import shutil
from copy import copy
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.cli.conftest import Shell
from tests.flows.steward import Calendar

QUARTER = "2026-Q1"
BOUNDARY = ("--role", "Branch lead", "--scenario", "refund", "--limit", "50", "--unit", "EUR", "--from", "2025-01-01")
ENDS = "2026-02-16"
"""First day on which one of the two goals holds no more."""
HEAD = ("Decision ID", "Date", "Decision", "Branch", "Role", "Scenario", "Amount", "Currency", "Goal", "Contradicts")
CONDUCT = (
    *("opened_on=2026-04-02", "present_opening=Branch lead", "scope=Refunds of the quarter", "criteria=The promises"),
    *(
        "method=Sample, files, interviews",
        "document=Refund file",
        "document_says=Who decided what",
        "document_points_to=both",
    ),
    *(
        "interview_role=Branch lead",
        "interview_asked=Who tells the customer?",
        "interview_said=Nobody has time",
        "interview_points_to=broken",
    ),
    *("closed_on=2026-04-02", "present_closing=Branch lead", "auditee_said=Understood", "next_steps=Findings follow"),
)


def log(file: Path, first: int = 0, count: int = 30, *, planted: bool = True) -> Path:
    """Decisions of the branch, three a week from January on.

    Planted: one without a date, one of 80 EUR where 50 are allowed, one against what was promised.
    """
    rows = []
    for n in range(first, first + count):
        day = (date(2026, 1, 5) + timedelta(days=n * 5 // 2)).isoformat()
        amount = "80" if planted and n == first + 1 else str(10 + n % 30)
        against = planted and n == first + 2
        told = ("told-first", "yes") if against else ("", "no")
        rows.append(
            [f"H-{n:03}", day, f"Refund {n} was given", "Harbour", "Branch lead", "refund", amount, "EUR", *told]
        )
    if planted:
        rows.append(["H-900", "", "Refund on a day that nobody wrote down", *rows[0][3:]])
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([HEAD, *rows])
    return file


@dataclass
class Network:
    """Two laptops and headquarters, and the stick between them."""

    lead: Shell
    second: Shell
    hq: Shell
    stick: Path
    clock: Calendar

    def copied(self, shell: Shell, folder: Path) -> Shell:
        """The same store once more, to try what would have come of it otherwise."""
        shutil.copytree(shell.store, folder)
        made = copy(shell)
        made.store = folder
        return made

    def all(self) -> tuple[Shell, Shell, Shell]:
        return self.lead, self.second, self.hq

    def up(self, *laptops: Shell) -> None:
        """Packs to headquarters, receipts back."""
        for laptop in laptops:
            for pack in laptop.ok("pack", "seal")["packs"]:
                receipt = self.hq.ok("take-in", pack["file"], "--out", self.stick)["receipt"]
                laptop.ok("take-in", receipt)

    def down(self) -> None:
        """What headquarters publishes, to both laptops."""
        file = self.hq.ok("hq", "publish", "--out", self.stick, "--store", self.hq.store)["file"]
        for laptop in (self.lead, self.second):
            laptop.ok("take-in", file)

    def share(self, audit: str, by: Shell, to: Shell, name: str) -> Any:
        """An audit on the stick, from one laptop to the other."""
        file = by.ok("pack", "share", "--audit", audit, "--with", name, "--out", self.stick)["file"]
        return to.ok("take-in", file)
