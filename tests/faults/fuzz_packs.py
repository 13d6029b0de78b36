"""Packs that were mutated, before two readers that know nothing of each other: the program's and gemba-verify.

    nice -n 19 python tests/faults/fuzz_packs.py              every truncation, every bit flip, 120,000 by chance (long)
    nice -n 19 python tests/faults/fuzz_packs.py --stride 97 --chance 500 --seed 7

Three levels: the sealed file (whoever can write to the medium), the zip inside (whoever has headquarters' card can seal
to it, and cannot sign), and packs signed by an enrolled device that went bad. On the first two nothing altered may be
accepted; on all of them both readers must say the same, and neither may fail in another way than by saying so.
Exit code 0 when that held, within 256 MB.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import resource
import struct
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))

import pyrage
from tests.packs.conftest import TAGS, Entry, Forger, World
from tests.packs.writing import lines, operation, part

from gemba import gemba_verify
from gemba.errors import Refusal
from gemba.packs import canonical, identity, reading
from gemba.packs.opening import open_pack

LARGEST_MB = 256
"""Memory that all of it may take."""


@dataclass
class Tally:
    """What became of the cases, and what should not have."""

    cases: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    same_content: int = 0
    accepted: int = 0
    wrong: list[str] = field(default_factory=list)

    def note(self, level: str, what: str) -> None:
        """Something that must not be."""
        if len(self.wrong) < 50:
            self.wrong.append(f"{level}: {what}")

    @property
    def memory_mb(self) -> int:
        """The most memory that this process has had."""
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


class Fuzz:
    """Two readers and a pack.

    Args:
        folder: for files, best in memory.
        seed: of chance.
    """

    def __init__(self, folder: Path, seed: int) -> None:
        self._folder, self._chance = folder, random.Random(seed)
        keys = (identity.DeviceKey(bytes(range(32))), identity.DeviceKey(bytes(range(1, 33))))
        self._world = World(keys[0], identity.make_age_identity(), keys[1], identity.make_age_identity())
        self._key = folder / "key.txt"
        self._key.write_text(self._world.hq_identity)
        apart = part(name="Ana 地板")
        self._lines = lines(*(operation(keys[0], seq, personal=apart if seq == 2 else None) for seq in (1, 2, 3)))
        small = {"blobs": [self._world.blob(b"photo" * 9), self._world.blob(b"")], "operations": self._lines}
        self._sealed = self._world.seal(folder, **small).path.read_bytes()
        self._own = pyrage.x25519.Identity.from_str(self._world.hq_identity)
        self._plain = pyrage.decrypt(self._sealed, [self._own])
        self._facts = gemba_verify.read_pack(io.BytesIO(self._plain))
        with zipfile.ZipFile(io.BytesIO(self._plain)) as opened:
            self._entries = [(name, opened.read(name)) for name in opened.namelist()]
        self.tally = Tally()

    def run(self, stride: int, chance: int) -> Tally:
        """Every `stride`-th truncation and bit flip of both layers, and so many cases by chance on each level."""
        for level, data, judge in (
            ("sealed", self._sealed, self._judge_sealed),
            ("inside", self._plain, self._judge_inside),
        ):
            for mutated in self._mutants(data, stride, chance):
                judge(level, mutated)
        for _ in range(chance):
            self._judge_signed(self._forged())
        return self.tally

    def _mutants(self, data: bytes, stride: int, chance: int) -> Iterator[bytes]:
        yield from (data[:size] for size in range(0, len(data), stride))
        for bit in range(self._chance.randrange(stride), 8 * len(data), stride):
            mutated = bytearray(data)
            mutated[bit >> 3] ^= 1 << (bit & 7)
            yield bytes(mutated)
        yield from (_mixed(data, self._chance) for _ in range(chance))

    def _judge_sealed(self, level: str, data: bytes) -> None:
        if data == self._sealed:
            return
        file = self._folder / "copy.gemba"
        file.write_bytes(data)
        one = self._said(level, lambda: self._open(file))
        other = self._said(level, lambda: gemba_verify.verify(file, self._key))
        self._compare(level, one, other)
        if one is None:
            self.tally.note(level, "an altered sealed file was opened")

    def _judge_inside(self, level: str, data: bytes) -> None:
        if data == self._plain:
            return
        if self.tally.cases % 50 == 0:  # what is sealed anew is read as it is: now and then to be sure
            self._judge_sealed(level + ", sealed", pyrage.encrypt(data, [self._own.to_public()]))
            return
        one = self._said(level, lambda: reading.read_pack(io.BytesIO(data)))
        other = self._said(level, lambda: gemba_verify.read_pack(io.BytesIO(data)))
        self._compare(level, one, other)
        if one is None and not self._is_same(data):
            self.tally.note(level, "altered content was accepted")

    def _judge_signed(self, data: bytes) -> None:
        one = self._said("signed", lambda: reading.read_pack(io.BytesIO(data)))
        other = self._said("signed", lambda: gemba_verify.read_pack(io.BytesIO(data), journal=False))
        self._compare("signed", one, other)
        self._said("signed", lambda: gemba_verify.read_pack(io.BytesIO(data)))

    def _open(self, file: Path) -> None:
        with open_pack(file, [self._world.hq_identity], scratch=self._folder):
            pass

    def _is_same(self, data: bytes) -> bool:
        """True when another deflate stream of the journal is all that differs."""
        with zipfile.ZipFile(io.BytesIO(data)) as opened:
            same = [(name, opened.read(name)) for name in opened.namelist()] == self._entries
        self.tally.same_content += same
        return same

    def _said(self, level: str, read: Callable[[], object]) -> str | None:
        """The code with which a reader refuses, or None."""
        try:
            read()
        except (Refusal, gemba_verify.NotWhole) as error:
            self.tally.refused[error.code] += 1
            return error.code
        except Exception as error:  # noqa: BLE001 - the very thing that is looked for
            self.tally.note(level, f"{type(error).__name__}: {error}")
            return "failed"
        return None

    def _compare(self, level: str, one: str | None, other: str | None) -> None:
        self.tally.cases += 1
        self.tally.accepted += one is None
        if (one is None) != (other is None):
            self.tally.note(level, f"the program says {one}, gemba-verify says {other}")

    def _forged(self) -> bytes:
        """A pack that our enrolled device has signed, with some of it as no pack should be."""
        forger = Forger(self._world, [Entry(name, content) for name, content in self._entries])
        chance = self._chance
        try:
            for _ in range(chance.choice((1, 1, 1, 2, 3))):
                chance.choice(_FORGERIES)(forger, chance)
            if chance.random() < 0.7:
                forger.sort()
            forger.sign(oxum=chance.random() < 0.9)
            for _ in range(chance.choice((0, 0, 0, 1))):  # geometry, which no signature covers
                chance.choice(_GEOMETRY)(forger, chance)
            return forger.zip()
        except (StopIteration, RuntimeError, UnicodeError, ValueError, TypeError, IndexError, struct.error):
            return _mixed(self._plain, chance)  # the forger has tripped over himself


def _mixed(data: bytes, chance: random.Random) -> bytes:
    """The bytes with a stretch changed, cut out, doubled, moved, or filled with what readers stumble over."""
    mutated = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5))):
        at, size = chance.randrange(len(mutated) + 1), chance.choice((1, 1, 2, 4, 30, 500))
        stretch = bytes(mutated[at : at + size])
        elsewhere = chance.randrange(len(mutated) + 1)
        new = chance.choice(
            (
                chance.randbytes(size),
                b"",
                stretch * 2,
                b"\0" * size,
                b"\xff" * size,
                b"PK\3\4",
                b"\n",
                b"0",
                b"9" * size,
            )
        )
        if chance.random() < 0.2:
            mutated[elsewhere:elsewhere] = stretch
        else:
            mutated[at : at + len(stretch)] = new
        if not mutated:
            break
    return bytes(mutated)


_NAMES = (
    "../x", "/etc/passwd", "data/../x", "data\\x", "CON", "data/documents/con.pdf", "data/documents/aux", "C:x",
    "data/documents/a.", "data/documents/" + "a" * 101, "data/documents/ä", "data/documents/", "data/blobs/ab/x",
    "data/ops.ndjson ", "DATA/ops.ndjson", "data/documents/A-K7QD-0012.PDF", "bag-info.txt", "", "x" * 70_000,
    "data/documents/new.csv", "data/documents/x\n", "data/documents/\0",
)  # fmt: skip
_NUMBERS = (
    "-1", "0", "1", "2", "3", "4", "007", "1e3", "NaN", "9" * 15, "9" * 16, "9" * 5000, "٣", "4294967296", "1-0", "4-3",
    "3-1", "1-3", "0-0", "1-999999999999999", "1.1", "0.1", "999999999999999.6", " 3", "3 ", "3\r",
)  # fmt: skip
_JSON = (
    b"NaN", b"1e999", b"-0", b"0.1e1", b"1.0", b'{"a":1,"a":2}', b'"\\u0000"', b'"\\ud800"', b"[" * 70 + b"]" * 70,
    b"[" * 100_000, b"9" * 5000, b"9007199254740993", b"\xff", b'"\\u0041"', b"{}", b"[]", b"null", b"{ }", b"",
    b'{"header":{}}', b'{"b":1,"a":2}', b'"' + b"x" * 70_000 + b'"', b'{"a":1e21}', b'{"a":9007199254740992}',
)  # fmt: skip
_LABELS = (
    "Format", "Pack-Id", "Device-Id", "Device-Key", "Epoch", "Seq-Range", "Prev-Pack", "Headquarters", "Recipient",
    "Schema", "Operation-Count", "Created", "Bag-Software-Agent", "Payload-Oxum",
)  # fmt: skip
_WORDS = (
    "",
    "none",
    "gemba-pack v2",
    "gemba-op v1",
    "gemba-op v3",
    "x y",
    "0001-01-01T00:00:00Z",
    "2026-02-30T00:00:00Z",
)


def _rename(forger: Forger, chance: random.Random) -> None:
    chance.choice(forger.entries).name = chance.choice(_NAMES)


def _add(forger: Forger, chance: random.Random) -> None:
    forger.entries.insert(chance.randrange(len(forger.entries) + 1), Entry(chance.choice(_NAMES), chance.randbytes(9)))


def _drop(forger: Forger, chance: random.Random) -> None:
    forger.entries.remove(chance.choice(forger.entries))


def _double(forger: Forger, chance: random.Random) -> None:
    one = chance.choice(forger.entries)
    forger.entries.append(Entry(one.name, one.content))


def _swap(forger: Forger, chance: random.Random) -> None:
    one, other = (chance.randrange(len(forger.entries)) for _ in range(2))
    forger.entries[one], forger.entries[other] = forger.entries[other], forger.entries[one]


def _content(forger: Forger, chance: random.Random) -> None:
    one = chance.choice(forger.entries)
    one.content = _mixed(one.content or b"x", chance)


def _number(forger: Forger, chance: random.Random) -> None:
    forger.info(chance.choice(_LABELS), chance.choice((*_NUMBERS, *_WORDS)))


def _operations(forger: Forger, chance: random.Random) -> None:
    held = forger.entry("data/ops.ndjson").content.splitlines()
    at = chance.randrange(len(held) + 1)
    held[at : at + chance.choice((0, 1))] = [_json(chance, held)]
    forger.operations(*held)


def _json(chance: random.Random, held: list[bytes]) -> bytes:
    """An operation with one value replaced by something odd, or something odd itself."""
    if not held or chance.random() < 0.3:
        return chance.choice(_JSON)
    said = json.loads(chance.choice(held))
    if not isinstance(said, dict):
        return chance.choice(_JSON)
    inside = chance.choice([one for one in said.values() if isinstance(one, dict)] or [said])
    if inside and chance.random() < 0.8:
        inside[chance.choice(list(inside))] = chance.choice((None, True, 0, -1, 2**53, 1.5, "", "x", [], {}, [1], "\0"))
    try:
        return canonical.dumps(said)
    except Refusal:
        return json.dumps(said).encode()


def _fetch(forger: Forger, chance: random.Random) -> None:
    entry = forger.entry("fetch.txt")
    held = entry.content.decode("latin-1").splitlines()
    made = chance.choice((
        "http://169.254.169.254/x 9 data/blobs/ab/x", "ni://gemba/sha-256;" + "A" * 43 + " 1 data/blobs/00/" + "0" * 64,
        "ni://gemba/sha-256;" + "A" * 43 + " 999999999999999 data/blobs/00/" + "0" * 64, "file:///etc/passwd 1 x", "-",
        *held, *(one.replace(" ", "  ") for one in held), *(one[:-1] for one in held),
    ))  # fmt: skip
    entry.content = ("\n".join(chance.choice(([made], [*held, made], [made, *held]))) + "\n").encode("latin-1")


def _lie(forger: Forger, chance: random.Random) -> None:
    one = chance.choice(forger.entries)
    what = chance.choice(("method", "size", "packed_size", "crc", "flags", "time", "attributes"))
    largest = {"method": 99, "flags": 65535, "time": 65535}.get(what, 2**32 - 1)
    setattr(one, what, chance.choice((0, 1, 8, largest, chance.randrange(largest))))


def _hide(forger: Forger, chance: random.Random) -> None:
    chance.choice(forger.entries).central_name = chance.choice(_NAMES[:5])


def _behind(forger: Forger, chance: random.Random) -> None:
    forger.behind = chance.randbytes(chance.choice((1, 22, 1000)))


def _comment(forger: Forger, chance: random.Random) -> None:
    forger.comment = chance.randbytes(9)


def _extra(forger: Forger, chance: random.Random) -> None:
    chance.choice(forger.entries).extra = chance.randbytes(4)


def _bomb(forger: Forger, chance: random.Random) -> None:
    forger.entry("data/ops.ndjson").content = b"0" * chance.choice((2 << 20, 5 << 20))


def _tag(forger: Forger, chance: random.Random) -> None:
    one = forger.entry(chance.choice(TAGS))
    one.content = _mixed(one.content, chance)


_FORGERIES = (_rename, _add, _drop, _double, _swap, _content, _number, _number, _operations, _operations, _fetch, _bomb)
_GEOMETRY = (_lie, _hide, _behind, _comment, _extra, _tag, _swap)


def main() -> int:
    """Run it as the arguments say, and print the figures."""
    parser = argparse.ArgumentParser(description="Mutated packs before both readers.")
    parser.add_argument("--stride", type=int, default=1, help="every n-th truncation and bit flip")
    parser.add_argument("--chance", type=int, default=40_000, help="cases by chance on each level")
    parser.add_argument("--seed", type=int, default=20261121)
    asked = parser.parse_args()
    begun, memory = time.monotonic(), Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        tally = Fuzz(Path(folder), asked.seed).run(asked.stride, asked.chance)
    print(f"{tally.cases} cases in {time.monotonic() - begun:.0f} s, {tally.memory_mb} MB")
    print(f"accepted {tally.accepted}, of these with the journal packed otherwise {tally.same_content}")
    print("refused:", ", ".join(f"{code} {count}" for code, count in tally.refused.most_common()))
    print("\n".join(tally.wrong) or "nothing altered was accepted, nothing failed, both readers said the same")
    return 1 if tally.wrong or tally.memory_mb > LARGEST_MB else 0


if __name__ == "__main__":
    sys.exit(main())
