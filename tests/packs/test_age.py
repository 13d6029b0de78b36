"""Our own sealing and the age library open what the other sealed, to the byte."""

from __future__ import annotations

import io
import os

import pyrage
import pytest

from gemba.errors import Refusal
from gemba.packs import envelope, identity
from gemba.packs.streams import Drawn, HashedReader, HashedWriter

ONE, OTHER, STRANGER = (identity.make_age_identity() for _ in range(3))
PIECE = 1 << 16
SIZES = [0, 1, PIECE - 1, PIECE, PIECE + 1, 16 * PIECE - 1, 16 * PIECE, 16 * PIECE + 1, 33 * PIECE + 7]


def sealed(content: bytes, *identities: str, cut: int = 1 << 20) -> bytes:
    out = io.BytesIO()
    pieces = (content[at : at + cut] for at in range(0, len(content), cut))
    envelope.seal(Drawn(pieces), HashedWriter(out), [identity.recipient_of(one) for one in identities])
    return out.getvalue()


def opened(data: bytes, *identities: str) -> bytes:
    file = io.BytesIO(data)
    header = data.index(b"\n--- ") + 49
    framing = envelope.Framing("x.gemba", header, len(data))
    return b"".join(envelope.unseal(HashedReader(file, None), identities, framing))


@pytest.mark.parametrize("size", SIZES)
def test_the_library_opens_what_we_seal(size):
    content = os.urandom(size)
    data = sealed(content, ONE, OTHER, cut=70_001)
    for one in (ONE, OTHER):
        assert pyrage.decrypt(data, [pyrage.x25519.Identity.from_str(one)]) == content
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(data, [pyrage.x25519.Identity.from_str(STRANGER)])


@pytest.mark.parametrize("size", SIZES)
def test_we_open_what_the_library_seals(size):
    content = os.urandom(size)
    recipients = [pyrage.x25519.Recipient.from_str(identity.recipient_of(one)) for one in (ONE, OTHER)]
    data = pyrage.encrypt(content, recipients)
    assert opened(data, STRANGER, OTHER) == content
    with pytest.raises(Refusal, match=r"packs\.not_for_us"):
        opened(data, STRANGER)


def test_no_two_seals_are_alike():
    first, second = sealed(b"content", ONE), sealed(b"content", ONE)
    assert first[22:80] != second[22:80]
    assert first[-23:] != second[-23:]
