"""A stranger's reader, written from docs/pack-format.md alone: no line of it comes from gemba.packs."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import zipfile
from pathlib import Path

import pyrage
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from gemba import gemba_verify

FROZEN = Path(__file__).parent / "frozen"
PACK = next(FROZEN.glob("*.gemba"))
DOCS = Path(__file__).parents[2] / "docs" / "pack-format.md"


@pytest.fixture
def bag() -> dict[str, bytes]:
    key = pyrage.x25519.Identity.from_str((FROZEN / "headquarters.key").read_text().splitlines()[1])
    assert PACK.stem == hashlib.sha256(PACK.read_bytes()).hexdigest()
    with zipfile.ZipFile(io.BytesIO(pyrage.decrypt(PACK.read_bytes(), [key]))) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def test_the_members_stand_in_the_order_of_the_picture(bag):
    picture = DOCS.read_text("utf-8").split("```")[1]
    drawn = re.findall(r"^   (\S+)", picture, re.MULTILINE)
    tags = [name for name in bag if not name.startswith("data/")]
    payload = [name for name in bag if name.startswith("data/")]
    assert tags == drawn[:7]
    assert [*tags, *sorted(payload)] == list(bag)


def test_the_description_has_the_labels_of_the_table(bag):
    table = DOCS.read_text("utf-8").split("### bag-info.txt")[1].split("###")[0]
    labels = [line.split(": ")[0] for line in bag["bag-info.txt"].decode("ascii").splitlines()]
    assert list(dict.fromkeys(labels)) == re.findall(r"^\| `([A-Z][\w-]+)`", table, re.MULTILINE)


def test_every_hash_and_the_signature_hold(bag):
    said = dict(line.split(": ") for line in bag["bag-info.txt"].decode("ascii").splitlines())
    listed = {}
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        for line in bag[manifest].decode("ascii").splitlines():
            listed[line[66:]] = line[:64]
    elsewhere = {line.split()[2]: int(line.split()[1]) for line in bag["fetch.txt"].decode("ascii").splitlines()}
    for path, sha256 in listed.items():
        assert path in elsewhere or hashlib.sha256(bag[path]).hexdigest() == sha256
    octets = sum(len(bag[path]) for path in bag if path.startswith("data/")) + sum(elsewhere.values())
    assert said["Payload-Oxum"] == f"{octets}.{sum(path.startswith('data/') for path in listed)}"

    signature = json.loads(bag["tagmanifest-sha256.txt.sig"])
    assert signature["key"] == said["Device-Key"]
    key = base64.b64decode(said["Device-Key"])
    assert hashlib.sha256(key).hexdigest()[:32] == said["Device-Id"]
    message = b"gemba-pack-v1\0" + bag["tagmanifest-sha256.txt"]
    Ed25519PublicKey.from_public_bytes(key).verify(base64.b64decode(signature["sig"]), message)
    assert len(bag["data/ops.ndjson"].splitlines()) == int(said["Operation-Count"])


def test_receipt_and_card_are_signed_as_described():
    card = json.loads((FROZEN / "headquarters.card").read_bytes())
    receipt = json.loads(next(FROZEN.glob("*.receipt")).read_bytes())
    key = Ed25519PublicKey.from_public_bytes(base64.b64decode(card["public_key"]))
    for said, name in ((card, b"gemba-card-v1\0"), (receipt, b"gemba-receipt-v1\0")):
        signature = base64.b64decode(said.pop("signature"))
        # No floats and no keys beyond ASCII in these: sorted keys without spaces are RFC 8785.
        rest = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
        key.verify(signature, name + rest)
    assert receipt["headquarters"] == card["id"]


@pytest.mark.parametrize(("kind", "heading"), [("receipt", "## Receipts"), ("card", "## Cards")])
def test_receipt_and_card_have_the_keys_of_the_tables(kind, heading):
    table = DOCS.read_text("utf-8").split(heading)[1].split("\n## ")[0]
    said = json.loads(next(FROZEN.glob(f"*.{kind}")).read_bytes())
    assert set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == said.keys()


def test_the_limits_are_those_of_the_table():
    from gemba.packs import limits

    text = DOCS.read_text("utf-8")
    assert f"{limits.LARGEST_ZIP:,} bytes" in text
    assert f"| {limits.MOST_FILES:,} |" in text
    assert limits.LARGEST_OPERATIONS == 1 << 30
    assert limits.LARGEST_TAG == limits.LARGEST_LINE == 16 << 20
    assert f"at most {limits.STEEPEST} times" in text


def test_the_codes_of_gemba_verify_are_those_of_the_table():
    source = Path(gemba_verify.__file__).read_text("utf-8")
    table = DOCS.read_text("utf-8").split("## gemba-verify")[1].split("\n## ")[0]
    rows = {code: int(number) for code, number in re.findall(r"^\| `([a-z_]+)` \| ([23]) \|", table, re.MULTILINE)}
    assert rows.keys() == gemba_verify._SENTENCES.keys()
    for code, number in rows.items():
        raised = set(re.findall(rf'(NotWhole|NotRead)\(\s*"{code}"', source))
        assert raised == {"NotRead" if number == gemba_verify.NOT_READ else "NotWhole"}


def test_the_script_is_the_one_that_the_page_names():
    assert (DOCS.parent / "rebuild.py").is_file()
    assert (DOCS.parent / "../src/gemba/gemba_verify.py").resolve() == Path(gemba_verify.__file__)
