"""Packs beside the tools, in one run; and what a store's size costs. By hand:

python tests/bench/bench_packs.py speed      10,000 operations + 100 MB: seal and verify, beside zip, age, sha256sum
python tests/bench/bench_packs.py growth     a new assessment sealed in a store of 10 k and of 1 M operations
python tests/bench/bench_packs.py large      10 GB of evidence in packs of less than 4 GB: time and memory
"""

from __future__ import annotations

import hashlib
import io
import os
import random
import resource
import shlex
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))

import uuid_utils
from tests.packs.writing import EPOCH, lines, operation, part

from gemba.packs import identity, sealing
from gemba.packs.request import SealRequest
from gemba.packs.sealing import seal
from gemba.packs.verifying import verify

LAPTOP = identity.DeviceKey(bytes(range(32)))
ROUNDS = 5


def request(operations: list[bytes], files: list[tuple[str, int, Callable[[], BinaryIO]]], *own: str) -> SealRequest:
    keys = own or (identity.make_age_identity(), identity.make_age_identity())
    return SealRequest(
        pack_id=str(uuid_utils.uuid7()),
        device_id=LAPTOP.id,
        sign=LAPTOP.sign,
        public_key=LAPTOP.public,
        epoch=EPOCH,
        first_seq=1,
        last_seq=len(operations),
        prev_pack=None,
        recipients=[identity.recipient_of(one) for one in keys],
        to=LAPTOP.id,
        created=datetime.now(UTC),
        operations=operations,
        blobs=files,
    )


def took(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the wall, and seconds of processors, those of programs that were started counted."""
    start, used = time.perf_counter(), sum(os.times()[:4])
    work()
    return time.perf_counter() - start, sum(os.times()[:4]) - used


def shell(command: str) -> None:
    subprocess.run(["bash", "-o", "pipefail", "-c", command], check=True)


def speed(folder: Path) -> None:
    chance = random.Random(1)
    files = []
    (folder / "in").mkdir()
    for number in range(50):
        data = chance.randbytes(2_000_000)
        file = folder / "in" / f"{number:02}.jpg"
        file.write_bytes(data)
        files.append((hashlib.sha256(data).hexdigest(), len(data), partial(file.open, "rb")))
    made = lines(*(operation(LAPTOP, seq, personal=part(text=f"Boden naß 地板 {seq}")) for seq in range(1, 10_001)))
    (folder / "in" / "ops.ndjson").write_bytes(b"\n".join(made) + b"\n")
    keys = (identity.make_age_identity(), identity.make_age_identity())
    (folder / "key").write_text(keys[0])
    to = " ".join(f"-r {identity.recipient_of(one)}" for one in keys)
    asked, places = request(made, files, *keys), {name: shlex.quote(str(folder / name)) for name in ("in", "key")}
    theirs, ours, without, tools_verify, our_verify = [], [], [], [], []
    reading_back: list[tuple[float, float]] = []
    whole_read = sealing._read_back

    def read_back(*given: Any) -> str:
        said = []
        reading_back.append(took(lambda: said.append(whole_read(*given))))
        return said[0]

    sealing._read_back = read_back  # timed apart: the tools beside us do not read back
    for round_ in range(ROUNDS):
        sealed, by_tools = folder / f"out{round_}", folder / f"{round_}.age"
        sealed.mkdir()
        theirs.append(
            took(lambda out=by_tools: shell(f"cd {places['in']} && zip -0 -q -r - . | age {to} > {out} && sync {out}"))
        )
        reading_back.clear()
        ours.append(took(lambda out=sealed: seal(asked, out)))
        wall, used = (sum(one[place] for one in reading_back) for place in (0, 1))
        without.append((ours[-1][0] - wall, ours[-1][1] - used))
        pack = next(sealed.iterdir())
        tools_verify.append(
            took(lambda out=by_tools: shell(f"age -d -i {places['key']} {out} | sha256sum > /dev/null"))
        )
        our_verify.append(took(lambda file=pack: verify(file, [keys[0]])))
        pack.unlink()
        by_tools.unlink()
    tell("zip -0 | age, sync", theirs)
    tell("build + seal + fsync", without, theirs)
    tell("the same, and read back", ours, theirs)
    tell("age -d | sha256sum", tools_verify)
    tell("verify", our_verify, tools_verify)


def tell(what: str, times: list[tuple[float, float]], beside: list[tuple[float, float]] | None = None) -> None:
    for place, unit in enumerate(("s", "s of processors")):
        found = [one[place] for one in times]
        ratio = (
            "" if beside is None else f"  x{statistics.median(found) / statistics.median(o[place] for o in beside):.2f}"
        )
        print(f"{what:42} {statistics.median(found):6.2f} {unit} (best {min(found):.2f}){ratio}")


def large(folder: Path) -> None:
    """Five pieces of 700 MB in each of three packs; made of one small piece, so that memory alone is measured."""
    block = random.Random(1).randbytes(1 << 20)

    class Repeated(io.RawIOBase):
        def __init__(self, number: int) -> None:
            self._left, self._first = 700 << 20, number.to_bytes(8, "big")

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any) -> int:
            size = min(len(buffer), self._left, len(block))
            buffer[:size] = block[:size]
            if self._left == 700 << 20:
                buffer[:8] = self._first
            self._left -= size
            return size

    def hashed(number: int) -> str:
        with io.BufferedReader(Repeated(number), 1 << 20) as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()

    start, total = time.perf_counter(), 0
    for number in range(3):
        pieces = [(hashed(5 * number + n), 700 << 20, partial(_buffered, Repeated, 5 * number + n)) for n in range(5)]
        keys = (identity.make_age_identity(), identity.make_age_identity())
        sealed = seal(request(lines(operation(LAPTOP, 1)), pieces, *keys), folder)
        verify(sealed.path, [keys[0]])
        total += sealed.size
        sealed.path.unlink()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{total / 1e9:.1f} GB sealed and verified in {time.perf_counter() - start:.0f} s, {memory} MB of memory")


def _buffered(kind: Any, number: int) -> BinaryIO:
    return io.BufferedReader(kind(number), 1 << 20)


def growth(folder: Path) -> None:
    from tests.bench.growing import sealed_after

    few, many = (sealed_after(folder / str(count), count) for count in (10_000, 1_000_000))
    tell("one new assessment, 10,000 operations", few)
    tell("one new assessment, 1,000,000 operations", many, few)


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    for name in sys.argv[1:] or ["speed", "growth"]:
        with tempfile.TemporaryDirectory(dir=os.environ.get("GEMBA_BENCH_DIR")) as made_here:
            {"speed": speed, "growth": growth, "large": large}[name](Path(made_here))
