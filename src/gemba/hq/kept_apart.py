"""Keys of headquarters that must not lie at headquarters: the recovery key and three root keys, as files to print."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

from gemba.errors import Refusal, Trouble
from gemba.packs.publication_root import ROOT_KEYS, read_root_key, spell_root_key
from gemba.wording import text
from gemba.work.desk import Desk
from gemba.work.keep_file import write_file

FILES = "kept_apart"
"""Setting: where the files were written."""
RECOVERY_FILE = "recovery-key.txt"
ROOT_FOLDER = "root-keys"

_IDENTITY = "AGE-SECRET-KEY-1"


class KeptApart(msgspec.Struct, frozen=True):
    """Where the keys are written, until custodians take them away."""

    recovery_key: Path
    root_keys: Path
    """A folder: `root-key-1.txt` to `root-key-3.txt`."""

    @property
    def files(self) -> tuple[Path, ...]:
        """All of them, the recovery key first."""
        return (self.recovery_key, *(self.root_keys / f"root-key-{number + 1}.txt" for number in range(ROOT_KEYS)))


def beside(folder: Path) -> KeptApart:
    """The files in headquarters' own folder, from where they have to be taken away."""
    return KeptApart(folder / RECOVERY_FILE, folder / ROOT_FOLDER)


def demand_free(apart: KeptApart, *, roots_only: bool = False) -> None:
    """Demand that no key is written over.

    Raises:
        Refusal: `hq.key_file_there`.
    """
    for file in apart.files[1:] if roots_only else apart.files:
        if file.exists():
            raise Refusal("hq.key_file_there", file=str(file))


def write(apart: KeptApart, name: str, recovery: str, roots: Sequence[bytes]) -> None:
    """Write the keys, readable by nobody but the owner of the files.

    Raises:
        Trouble: a folder cannot be written.
    """
    write_recovery(apart, name, recovery)
    write_roots(apart, name, roots)


def write_roots(apart: KeptApart, name: str, roots: Sequence[bytes]) -> None:
    """Write the root keys.

    Raises:
        Trouble: their folder cannot be written.
    """
    for number, secret in enumerate(roots, 1):
        words = text(
            "Root key {number} of {count} of {name}. Two of them together say who publishes for it.\n"
            "Print it, give each to another custodian, and delete this file.",
            number=number,
            count=len(roots),
            name=name,
        )
        _write(apart.files[number], spell_root_key(secret, words))


def write_recovery(apart: KeptApart, name: str, recovery: str) -> None:
    """Write the recovery key.

    Raises:
        Trouble: its folder cannot be written.
    """
    words = text(
        "Recovery key of {name}. It opens every pack that is sealed for this headquarters.\n"
        "Print it twice, give it to two custodians, and delete this file.",
        name=name,
    )
    lines = "".join(f"# {line}\n" for line in words.splitlines())
    _write(apart.recovery_key, f"{lines}{recovery}\n")


def read_recovery(file: Path) -> str:
    """The age identity in a recovery key's file.

    Raises:
        Refusal: `hq.not_a_recovery_key`.
        Trouble: it cannot be read.
    """
    for line in _read(file).splitlines():
        if line.strip().startswith(_IDENTITY):
            return line.strip()
    raise Refusal("hq.not_a_recovery_key", file=str(file))


def read_roots(folder: Path) -> list[bytes]:
    """The root keys whose files lie in a folder.

    Raises:
        Refusal: `packs.not_a_root_key`.
        Trouble: one cannot be read.
    """
    return [read_root_key(_read(file)) for file in sorted(folder.glob("root-key-*.txt"))]


def still_here(desk: Desk) -> list[str]:
    """The files of keys that lie in headquarters' folder still, or where they were written first."""
    with desk.reader() as reader:
        known = [Path(file) for file in reader.setting(FILES) or ()]
    own = [file.resolve() for file in beside(desk.store.folder).files]
    return [str(file) for file in dict.fromkeys([*known, *own]) if file.exists()]


def _write(file: Path, words: str) -> None:
    write_file(file, words.encode())
    with suppress(OSError):  # a stick with FAT knows no owners
        file.chmod(0o600)


def _read(file: Path) -> str:
    try:
        return file.read_text("utf-8", errors="replace")
    except OSError as error:
        raise Trouble("work.unreadable", file=str(file), why=error.strerror or str(error)) from error
