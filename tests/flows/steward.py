"""A steward's quarter: a service centre's file of complaints with three things planted in it, and a clock."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

BEGINS, ENDS = date(2026, 1, 1), date(2026, 3, 31)
CUSTOMER, MAIL = "Vera Lindqvist", "vera.lindqvist@example.org"
HEAD = (
    *("Vorgangsnummer", "Eingang", "Filiale", "Prozessschritt", "Ursache", "Kanal", "Schwere", "Stand"),
    *("Abgeschlossen am", "Kunde", "Einwilligung", "Beschwerdetext"),
)


@dataclass
class Calendar:
    """A clock that goes on a second each time it is asked, and further when somebody waits."""

    now: datetime = datetime(2026, 4, 2, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    def wait(self, **time: int) -> None:
        self.now += timedelta(**time)


@dataclass
class Centre:
    """The file of a service centre, as its people export it."""

    rows: list[list[str]] = field(default_factory=list)

    def add(
        self, day: date, place: str, step: str, cause: str, *, severity: str = "mittel", closed: int | None = 5
    ) -> list[str]:
        number = len(self.rows)
        customer, mail = (CUSTOMER, MAIL) if cause == "Too late" else (f"Kundin {number}", f"k{number}@example.org")
        row = [
            f"SC-{number:04}",
            f"{day:%d.%m.%Y} {8 + number % 9:02}:15",
            place,
            step,
            cause,
            ("Telephone", "Web form", "Letter")[number % 3],
            severity,
            "offen" if closed is None else "geschlossen",
            "" if closed is None else f"{day + timedelta(closed):%d.%m.%Y}",
            customer,
            "nein" if number % 2 else "ja",
            f"Für mich kam „{step}“ zum {number}. Mal zu spät; ich bin {customer}, {mail}. Kosten: 12,50 €",
        ]
        self.rows.append(row)
        return row

    def write(self, file: Path, *, rows: list[list[str]] | None = None) -> Path:
        """In the code page and with the separator of an office program."""
        lines = [";".join(f'"{cell}"' if ";" in cell else cell for cell in row) for row in (HEAD, *(rows or self.rows))]
        file.write_bytes(("\r\n".join(lines) + "\r\n").encode("cp1252"))
        return file


def service_centre() -> Centre:
    """Half a year as usual, then a quarter.

    Planted: late deliveries at both branches from the seventh week on (a gap), one unfriendly word (a one-off), two
    wrong answers (too few to tell). Wrong bills at the station are as many as ever.
    """
    made = Centre()
    for week in range(26):
        day = BEGINS - timedelta(182 - 7 * week)
        made.add(day, "Hafen", "Delivery", "Too late")
        for extra in range(9):
            made.add(day + timedelta(extra % 5), "Bahnhof", "Payment", "Wrong amount", closed=3 + extra)
    made.add(BEGINS - timedelta(60), "Bahnhof", "Enquiry", "Unfriendly")
    for ago in (20, 50):
        made.add(BEGINS - timedelta(ago), "Hafen", "Enquiry", "Wrong amount")
    for week in range(12):
        day = BEGINS + timedelta(7 * week + 1)
        for extra in range(7):
            made.add(day + timedelta(extra % 5), "Bahnhof", "Payment", "Wrong amount", closed=3 + extra)
        for place in ("Hafen", "Bahnhof"):
            for _ in range(3 if week > 5 else 1):
                made.add(day, place, "Delivery", "Too late", severity="hoch", closed=None if week > 9 else 20)
    made.add(date(2026, 2, 10), "Hafen", "Enquiry", "Unfriendly")
    for day in (date(2026, 2, 11), date(2026, 3, 12)):
        made.add(day, "Hafen", "Enquiry", "Wrong amount")
    return made


def spoil(rows: list[list[str]]) -> list[list[str]]:
    """The same rows, five of them wrong, each in another way; the last line says a key twice."""
    bad = [list(row) for row in rows]
    bad[300][1] = "31.02.2026 09:15"
    bad[301][2] = "Nirgendwo"
    bad[302][1] = ""
    bad[303][4] = "Weather"
    bad[304][6] = "geht so"
    return [*bad, list(bad[10])]
