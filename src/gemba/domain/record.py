"""What every kept record has in common."""

from __future__ import annotations

import msgspec

Uid = str
"""A UUID version 7 in its 36-letter form; it travels. Local integer keys never leave the store."""


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """A kept value: its fields are the columns of its table and the keys of its journal operations.

    Field types are those that journal and database both keep exactly: `str`, `int`, `float`, `bool`, `datetime`
    (aware, UTC), `date`, `None`, tuples of strings, string enums and mappings of those.
    """

    uid: Uid
