"""A sealed pack as a file: opened, looked at from outside, unsealed, and compared with its name."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import BinaryIO

from gemba.errors import Refusal, Trouble
from gemba.packs import envelope, paths
from gemba.packs.streams import HashedReader

SUFFIX = ".gemba"
"""How the name of a sealed pack ends; the hash of its bytes stands before it."""


@contextmanager
def pack_file(path: Path) -> Iterator[tuple[BinaryIO, envelope.Framing]]:
    """The sealed file at `path`, open for reading, once its frame has been looked at.

    Raises:
        Trouble: `packs.no_file` or `packs.cannot_read`.
        Refusal: as `envelope.look`.
    """
    try:
        file = path.open("rb")
    except FileNotFoundError as error:
        raise Trouble("packs.no_file", file=str(path)) from error
    except OSError as error:
        if path.is_dir():
            raise Refusal("packs.not_a_pack", file=path.name) from error
        raise Trouble("packs.cannot_read", file=str(path), reason=error.strerror or str(error)) from error
    with file:
        yield file, envelope.look(file, path.name)


def unseal_named(
    sealed: HashedReader, identities: Sequence[str], framing: envelope.Framing
) -> Generator[bytes, None, None]:
    """The content, piece by piece; at its end the file's name has been compared with its bytes.

    Raises:
        Refusal: as `envelope.unseal` and `check_name`; the name is asked first why a file cannot be unsealed.
    """
    try:
        with closing(envelope.unseal(sealed, identities, framing)) as pieces:
            yield from pieces
    except Refusal:
        check_name(framing.name, sealed.sha256())
        raise
    check_name(framing.name, sealed.sha256())


def check_name(name: str, sha256: str) -> bool:
    """True when a sealed file's name vouches for its bytes; False when the name says nothing of them.

    Raises:
        Refusal: `packs.damaged` when the name is another hash than that of the bytes.
    """
    if not name.endswith(SUFFIX) or not paths.is_sha256(name.removesuffix(SUFFIX)):
        return False
    if name != sha256 + SUFFIX:
        raise Refusal("packs.damaged", file=name)
    return True
