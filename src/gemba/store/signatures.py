"""Checking the signatures of operations, while they are being taken in or later (`gemba.store.proofs`).

A machine with two processors checks and takes in at once: a few by a second thread (libsodium lets others run while it
counts), many by a process of their own. Nothing is kept before all signatures hold: one that does not undoes the
transaction.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Mapping
from concurrent.futures import Future
from itertools import compress
from threading import Thread
from types import TracebackType
from typing import Self

from sqlalchemy import Connection

from gemba.errors import Refusal
from gemba.store import device as devices
from gemba.store import journal_tables as tables
from gemba.store.operations import Operation, signed
from gemba.store.second_process import second_process
from gemba.store.upserting import upsert

_FEW = 50
"""So many are checked at once; a thread would cost more."""


class Signatures:
    """The signatures of what arrives in one transaction.

    Args:
        trusted: public keys by device id.
        vouched: id of a device whose operations came under another signature by the same key (that of their pack):
            theirs are left for later.
    """

    def __init__(self, trusted: Mapping[str, bytes], vouched: str = "") -> None:
        self._trusted = trusted
        self._vouched = vouched
        self._keys: dict[str, bytes] = {}
        self._left: deque[Operation] = deque()
        self._wrong: list[Operation] = []
        self._thread: Thread | None = None
        self._asked: list[tuple[list[Operation], Future[bytes | None]]] = []

    def __enter__(self) -> Self:
        """Nothing is begun yet."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Demand that all signatures hold; over what nobody signed the program may have tripped for any reason.

        Raises:
            Refusal: `store.bad_operation` when a signature is not that of its device.
        """
        is_called_off = error is not None and not isinstance(error, Exception)
        if is_called_off:
            self._left.clear()
            self._asked.clear()
        self._check()
        if self._thread is not None:
            self._thread.join()
        self._hear()
        if self._wrong and not is_called_off:
            raise Refusal("store.bad_operation", operation=self._wrong[0].header.id, why="signature") from error

    def expect(self, operations: Collection[Operation]) -> None:
        """Check these, beside whatever is done next.

        Raises:
            Refusal: `store.unknown_signer` when one is signed by nobody who is trusted.
        """
        for device in {one.header.device: None for one in operations}:
            self._know(device)
        other = second_process(len(operations))
        keys, vouched = self._keys, self._vouched
        some = [one for one in operations if one.header.device != vouched and one.proven_by != keys[one.header.device]]
        if len(some) > _FEW and other is not None:
            signed_ones = [(self._keys[one.header.device], one.signature, signed(one.header_bytes)) for one in some]
            self._asked.append((some, other.begin_to_verify(signed_ones)))
            return
        self._left.extend(some)
        if len(self._left) > _FEW and (self._thread is None or not self._thread.is_alive()):
            self._thread = Thread(target=self._check, name="signatures", daemon=True)
            self._thread.start()

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

    def _hear(self) -> None:
        """Hear what the other process says; what it has not begun, or does not say, is checked here."""
        while self._asked:
            some, asked = self._asked.pop()  # the last ones: it begins with the first
            said = None if asked.cancel() else asked.result()
            if said is None:
                self._left.extend(some)
                self._check()
            else:
                self._wrong += compress(some, (holds != 1 for holds in said))

    def _check(self) -> None:
        """Check what is left, as long as nothing is wrong; two threads may, and each takes the next one."""
        while not self._wrong:
            try:
                one = self._left.popleft()
            except IndexError:
                return
            holds = False
            try:
                holds = devices.verify(self._keys[one.header.device], one.signature, signed(one.header_bytes))
            finally:  # a thread that trips has found nothing to hold
                if not holds:
                    self._wrong.append(one)
