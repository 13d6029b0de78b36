from __future__ import annotations

import hashlib
from itertools import combinations

import pytest

from gemba.errors import Refusal
from gemba.packs import identity
from gemba.shipped import resource


def words() -> list[str]:
    return resource("words", "fingerprint.txt").read_text("ascii").split()


def test_a_signature_holds_for_its_message_and_key_only():
    one, other = identity.make_device_key(), identity.make_device_key()
    signature = one.sign(b"message")
    assert identity.verify(one.public, b"message", signature)
    assert not identity.verify(one.public, b"massage", signature)
    assert not identity.verify(other.public, b"message", signature)
    assert not identity.verify(one.public, b"message", signature[:-1])
    assert not identity.verify(b"short", b"message", signature)


def test_signing_is_that_of_rfc_8032():
    key = identity.DeviceKey(bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"))
    assert key.public.hex() == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    assert key.sign(b"").hex().startswith("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974")


def test_the_id_is_the_beginning_of_the_hash_of_the_public_key():
    key = identity.make_device_key()
    assert key.id == hashlib.sha256(key.public).hexdigest()[:32]


def test_a_key_does_not_show_its_secret():
    key = identity.make_device_key()
    assert key.private.hex() not in repr(key)
    assert str(key.private) not in repr(key)


def test_eight_words_tell_keys_apart():
    key = identity.DeviceKey(bytes(range(32)))
    said = identity.fingerprint_words(key.public)
    assert len(said) == 8
    assert set(said) <= set(words())
    assert said != identity.fingerprint_words(identity.make_device_key().public)


def test_the_words_are_frozen():
    # Two people compare what two versions of the program say: neither the words nor their order may ever change.
    listed = resource("words", "fingerprint.txt").read_bytes()
    assert hashlib.sha256(listed).hexdigest() == "37e363417beb6b4f79608a0bf34195e9a080d1ed8842c1165595b93e1c3e7616"


def test_there_is_a_word_for_every_byte_and_none_sounds_like_another():
    listed = words()
    assert len(listed) == len(set(listed)) == 256
    assert listed == sorted(listed)
    assert all(word.isascii() and word.islower() and 4 <= len(word) <= 8 for word in listed)
    assert len({word[:3] for word in listed}) == 256
    assert all(_distance(one, other) >= 2 for one, other in combinations(listed, 2))


def test_an_identity_names_its_recipient():
    secret = identity.make_age_identity()
    assert identity.check_recipient(identity.recipient_of(secret)) == identity.recipient_of(secret)


@pytest.mark.parametrize("wrong", ["", "age1", "AGE-SECRET-KEY-1QQQ", "age1" + "q" * 58, "ssh-ed25519 AAAA"])
def test_what_is_no_age_key_is_refused(wrong):
    with pytest.raises(Refusal, match=r"packs\.bad_key"):
        identity.recipient_of(wrong)
    with pytest.raises(Refusal, match=r"packs\.bad_key"):
        identity.check_recipient(wrong)


def _distance(one: str, other: str) -> int:
    """Levenshtein's."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        above, row = row, [i]
        for j, b in enumerate(other, 1):
            row.append(min(above[j] + 1, row[-1] + 1, above[j - 1] + (a != b)))
    return row[-1]
