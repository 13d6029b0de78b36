"""What is being written and is no record yet: drafts of checklists, kept questions; encrypted to the store itself."""

from __future__ import annotations

import re
import secrets
from pathlib import Path

from gemba.durable import give_name, make_durable, sync
from gemba.errors import Trouble
from gemba.store.device import Device
from gemba.store.troubles import world

_NAME = re.compile(r"[a-z]+-[0-9a-f-]{36}")
FOLDER = "drafts"


class DraftFiles:
    """The drafts of one store; each has a name such as `checklist-<uuid>`.

    Args:
        folder: of the store.
        device: whose identity opens the files.
    """

    def __init__(self, folder: Path, device: Device) -> None:
        self._folder = folder / FOLDER
        self._device = device

    def keep(self, name: str, data: bytes) -> None:
        """Keep a draft durably in place of what was kept under its name; it is there whole or not at all.

        Raises:
            Trouble: the disk is full or cannot be written; then what was kept before is still there.
        """
        from pyrage import encrypt, x25519

        sealed = encrypt(data, [x25519.Recipient.from_str(self._device.recipient)])
        with world(self._folder.parent):
            self._folder.mkdir(exist_ok=True)
            part = self._folder / f".{secrets.token_hex(8)}.part"
            try:
                with part.open("wb") as out:
                    out.write(sealed)
                    sync(out)
                give_name(part, self._file(name))
            finally:
                part.unlink(missing_ok=True)

    def read(self, name: str) -> bytes:
        """A draft.

        Raises:
            Trouble: `store.draft_missing`, `store.draft_damaged`.
        """
        from pyrage import DecryptError, decrypt, x25519

        try:
            sealed = self._file(name).read_bytes()
        except FileNotFoundError:
            raise Trouble("store.draft_missing", name=name) from None
        try:
            content: bytes = decrypt(sealed, [x25519.Identity.from_str(self._device.identity)])
        except DecryptError as error:
            raise Trouble("store.draft_damaged", name=name) from error
        return content

    def names(self, kind: str) -> list[str]:
        """The names of all drafts of a kind (what stands before the first `-`)."""
        return sorted(file.stem for file in self._folder.glob(f"{kind}-*.age") if _NAME.fullmatch(file.stem))

    def drop(self, name: str) -> None:
        """Let go of a draft; one that is not there is no trouble."""
        with world(self._folder.parent):
            self._file(name).unlink(missing_ok=True)
            if self._folder.is_dir():
                make_durable(self._folder)

    def _file(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise Trouble("store.draft_missing", name=name)
        return self._folder / f"{name}.age"
