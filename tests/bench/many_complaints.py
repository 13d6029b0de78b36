"""A million complaints, written straight into the database of a store: what benches of lists and counts look at."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, text
from sqlalchemy.schema import CreateIndex

from gemba.store import search_index
from gemba.store.complaint_tables import complaint
from gemba.store.opening import Store
from gemba.store.tables import person, place

NOW = datetime(2026, 6, 1, tzinfo=UTC)
WORDS = [
    "card",
    "account",
    "branch",
    "letter",
    "payment",
    "transfer",
    "loan",
    "interest",
    "fee",
    "statement",
    "charge",
    "waited",
    "queue",
    "phone",
    "answer",
    "never",
    "again",
    "manager",
    "promised",
    "refund",
    "twice",
    "wrong",
    "address",
    "closed",
    "opened",
    "limit",
    "online",
    "password",
    "app",
    "failed",
    "weeks",
    "days",
    "nobody",
    "called",
    "back",
    "contract",
    "insurance",
    "claim",
    "rejected",
    "reason",
    "unclear",
    "document",
    "lost",
    "signature",
    "delay",
]
STEPS = [f"step{n}" for n in range(11)]
CAUSES = [f"cause{n}" for n in range(20)]
PRODUCTS = [f"product{n}" for n in range(15)]
CHANNELS = ["phone", "branch", "mail", "web", "app", "letter"]
STATES = ["closed", "told", "decided", "investigating", "assessed", "acknowledged", "received", "reopened"]
SEVERITIES = ["medium", "low", "high", "critical"]


def uid(group: int, number: int) -> str:
    return f"{group:08d}-0000-7000-8000-{number:012d}"


def fill(store: Store, count: int) -> None:
    """Rows first, then the indexes, then the words: as quick as it goes."""
    with store._writing.begin() as connection:
        _places(connection)
        indexes = list(complaint.indexes)
        for index in indexes:
            index.drop(connection)
        columns = [column.name for column in complaint.columns]
        into = f"INSERT INTO complaint ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
        connection.connection.driver_connection.executemany(into, _rows(count, columns))  # type: ignore[union-attr]
        for index in indexes:
            connection.execute(CreateIndex(index))
        search_index.rebuild(connection, ["complaint"])


def _places(connection: Connection) -> None:
    rows: list[dict[str, Any]] = [
        {
            "uid": uid(1, n),
            "name": f"Site {n}",
            "level": "site",
            "parent": uid(1, n // 20) if n else None,
            "zone": "UTC",
        }
        for n in range(200)
    ]
    connection.execute(insert(place), rows)
    connection.execute(insert(person), [{"uid": uid(2, 0), "name": "Steward", "role": "steward"}])
    connection.execute(text("PRAGMA defer_foreign_keys=ON"))


def _rows(count: int, columns: list[str]) -> Iterator[tuple[Any, ...]]:
    chance = random.Random(7)
    for n in range(count):
        row = _row(chance, n)
        yield tuple(row.get(name, "") for name in columns)


def _row(chance: random.Random, n: int) -> dict[str, Any]:
    received = NOW - timedelta(seconds=chance.randrange(3 * 366 * 86400))
    state = chance.choices(STATES, [930, 10, 10, 15, 10, 10, 14, 1])[0]
    severity = chance.choices(SEVERITIES, [50, 35, 13, 2])[0]
    hours = {"high": 72, "critical": 24}.get(severity)
    closed = received + timedelta(hours=chance.randrange(1, 400)) if state == "closed" else None
    return {
        "id": n + 1,
        "uid": uid(5, n),
        "number": f"CRM-{n:07d}",
        "source": chance.choice(("CRM", "Letters", "Portal")),
        "key": f"{n:07d}",
        "received_at": _moment(received),
        "occurred_on": None,
        "place": uid(1, chance.randrange(200)) if chance.random() < 0.97 else None,
        "product": chance.choice(PRODUCTS),
        "step": chance.choice(STEPS),
        "channel": chance.choice(CHANNELS),
        "segment": "private" if chance.random() < 0.8 else "business",
        "cause": chance.choice(CAUSES) if n % 5000 else "cause_rare",
        "severity": severity,
        "words": " ".join(chance.choices(WORDS, k=48)) + (" needle" if n % 20_000 == 0 else ""),
        "summary": " ".join(chance.choices(WORDS, k=6)),
        "consent": "unknown",
        "redaction": "raw",
        "language": "en",
        "delete_by": None,
        "state": state,
        **{f"{step}_at": None for step in ("acknowledged", "assessed", "investigating", "decided", "reopened")},
        "told_at": _moment(closed),
        "closed_at": _moment(closed),
        "reopened": 0,
        "due_at": _moment(received + timedelta(hours=hours)) if hours else None,
        "paused": 0,
        "duplicate_of": uid(5, n - 1) if n % 50 == 49 else None,
        "more": "{}",
        "recorded_at": _moment(received),
        "person": uid(2, 0),
        "lot": None,
    }


def _moment(at: datetime | None) -> str | None:
    return None if at is None else f"{at:%Y-%m-%d %H:%M:%S.%f}"
