"""One number for all records of a store: two stores that hold the same operations have the same."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import select

from gemba.domain.nouns import NOUNS
from gemba.store.reading import Reader
from gemba.store.tables import TABLES


def digest(reader: Reader) -> str:
    """SHA-256 over all records in the order of their uids, 64 hexadecimal digits; local columns have no part in it."""
    found = hashlib.sha256()
    for noun, kind in NOUNS.items():
        table = TABLES[noun]
        asked = select(*(table.c[field] for field in kind.__struct_fields__)).order_by(table.c.uid)
        found.update(f"{noun}\n".encode())
        for row in reader.connection.execute(asked.execution_options(yield_per=1000)):
            found.update(msgspec.json.encode(list(map(_plain, row))) + b"\n")
    return found.hexdigest()


def _plain(value: Any) -> Any:
    """A value as it is spelled everywhere."""
    return value.isoformat() if isinstance(value, datetime | date) else value
