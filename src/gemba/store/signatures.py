"""Checking the signatures of operations, a batch ahead of what is done with them.

libsodium lets other threads run while it counts; so a machine with two processors checks and takes in at once.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self

from sqlalchemy import Connection

from gemba.errors import Refusal
from gemba.store import device as devices
from gemba.store import journal_tables as tables
from gemba.store.operations import Operation, signed
from gemba.store.upserting import upsert

_FEW = 50
"""So many are checked at once; a thread would cost more."""


class Signatures:
    """The signatures of what arrives in one transaction.

    Args:
        trusted: public keys by device id.
    """

    def __init__(self, trusted: Mapping[str, bytes]) -> None:
        self._trusted = trusted
        self._keys: dict[str, bytes] = {}
        self._thread: ThreadPoolExecutor | None = None
        self._batches: deque[tuple[Collection[Operation], Future[None] | None]] = deque()

    def __enter__(self) -> Self:
        """Nothing is begun yet."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Check no further."""
        if self._thread is not None:
            self._thread.shutdown(cancel_futures=True)

    def expect(self, operations: Collection[Operation]) -> None:
        """Check these next.

        Raises:
            Refusal: `store.unknown_signer` when one is signed by nobody who is trusted.
        """
        for operation in operations:
            self._know(operation.header.device)
        if len(operations) > _FEW:
            self._thread = self._thread or ThreadPoolExecutor(1, thread_name_prefix="signatures")
            self._batches.append((operations, self._thread.submit(self._check, operations)))
        else:
            self._check(operations)
            self._batches.append((operations, None))

    def checked(self, *, before_last: bool = False) -> list[Operation]:
        """Those whose signatures hold, in the order in which they came.

        Args:
            before_last: leave the last batch to the thread.

        Raises:
            Refusal: `store.bad_operation` when a signature is not that of its device.
        """
        found: list[Operation] = []
        while len(self._batches) > before_last:
            operations, check = self._batches.popleft()
            if check is not None:
                check.result()
            found += operations
        return found

    def keep_keys(self, connection: Connection) -> None:
        """Keep the keys that were used, so that every signature can be checked again."""
        for device, public_key in self._keys.items():
            row = {"device": device, "public_key": public_key}
            connection.execute(upsert(connection, tables.signer).values(row).on_conflict_do_nothing())

    def _know(self, device: str) -> None:
        if device not in self._keys:
            public_key = self._trusted.get(device)
            if public_key is None or devices.id_of(public_key) != device:
                raise Refusal("store.unknown_signer", device=device)
            self._keys[device] = public_key

    def _check(self, operations: Collection[Operation]) -> None:
        for one in operations:
            if not devices.verify(self._keys[one.header.device], one.signature, signed(one.header_bytes)):
                raise Refusal("store.bad_operation", operation=one.header.id, why="signature")
