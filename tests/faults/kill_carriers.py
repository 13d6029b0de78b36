"""Kill a program that pushes, and cut its line, at random moments, on each carrier against its real server.

A stick has no line: it is pulled out instead.

    python tests/faults/kill_carriers.py                      100 kills and 100 cut lines on each carrier
    python tests/faults/kill_carriers.py --kills 5 --cuts 5 --only sftp

Every pack must be gathered identical in the end. Prints one line for each carrier and one JSON document at the end.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import multiprocessing
import os
import random
import shutil
import signal
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from types import FrameType
from typing import Any, Self

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.carriers.servers import SERVERS, Server, answers, free_port, until

from gemba.carriers import parcel, spool
from gemba.carriers.place import open_place
from gemba.errors import GembaError

DONE, STOPPED, WRONG, BUG = 0, 3, 4, 70
SLOWEST = 120.0
"""Seconds after which a push that hangs is a failure of its own."""


@dataclass
class Figures:
    """What was done on one carrier, and what came of it."""

    sort: str
    kills: int = 0
    cuts: int = 0
    packs: int = 0
    identical: int = 0
    runs: int = 0
    hung: int = 0
    bugs: int = 0
    clean_s: float = 0.0
    """A push that nobody disturbs."""
    seconds: float = 0.0


@dataclass
class Far:
    """Where a pack goes: a server, perhaps by a port that cuts lines."""

    server: Server
    name: str
    port: int | None = None

    def push(self, file: Path, part: int) -> None:
        with open_place(f"{self.server.url(self.port)}/{self.name}", self._options(), self.server.secret) as place:
            parcel.push(file, place, part_size=part)

    def gather(self, file: Path, into: Path) -> bool:
        """Whether headquarters finds the very file, and nothing else."""
        with open_place(f"{self.server.url()}/{self.name}", self.server.options(), self.server.secret) as place:
            found = parcel.gather_all(place, into)
            whole = [one.sha256 for one in found.gathered] == [sha256_of(file)] == [sha256_of(found.gathered[0].file)]
            left = [one.name for one in place.list(spool.parcel_folder(sha256_of(file))) if one.name.endswith(".tmp")]
        return whole and not found.unfinished and not left

    def _options(self) -> dict[str, Any]:
        return {**self.server.options(self.port), "timeout": 5}


def sha256_of(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def child(work: Callable[[], Any]) -> int:
    """Do something in a process of its own, which begins with every library read; gives its number."""
    pid = os.fork()
    if pid:
        return pid
    code, begun = BUG, time.monotonic()
    try:
        code = DONE if work() is not False else WRONG
    except GembaError as error:
        code = STOPPED
        if os.environ.get("SAY"):
            sys.stderr.write(f"{time.monotonic() - begun:.2f} s {error} {error.__cause__!r}\n")
    except BaseException:  # noqa: BLE001 - the number of its end tells
        import traceback

        traceback.print_exc()
    finally:
        os._exit(code)


def end_of(pid: int, seconds: float = SLOWEST) -> int | None:
    """How a process ended; `None` when it did not, and was ended for it."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        gone, status = os.waitpid(pid, os.WNOHANG)
        if gone:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.005)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return None


class Rounds:
    """Pushes packs on one carrier until enough went wrong."""

    def __init__(self, server: Server, folder: Path, size: int, part: int, seed: int) -> None:
        self.server, self.folder, self.size, self.part = server, folder, size, part
        self.random = random.Random(seed)
        self.figures = Figures(server.sort)

    def clean(self) -> None:
        """How long a push takes that nobody disturbs."""
        far, file = self._new()
        begun = time.monotonic()
        code = end_of(child(lambda: far.push(file, self.part)))
        self.figures.clean_s = round(time.monotonic() - begun, 2)
        self._note(code)
        self._verify(far, file)

    def kill(self, enough: int) -> None:
        """Kill the pushing program until that was done often enough."""
        while self.figures.kills < enough:
            far, file = self._new()
            while True:
                moment = self.random.uniform(0, self.figures.clean_s)
                pid = child(lambda: far.push(file, self.part))  # noqa: B023 - the child runs at once
                code = end_of(pid, moment)  # which ends it for good
                if code is None:
                    self.figures.kills += 1
                    self.figures.runs += 1
                else:
                    self._note(code)
                if code == DONE:
                    break
            self._verify(far, file)

    def cut(self, enough: int, cutter: Cutter) -> None:
        """Cut lines until that was done often enough."""
        while cutter.cuts.value < enough:
            far, file = self._new()
            far.port = cutter.port
            while (code := end_of(child(lambda: far.push(file, self.part)))) != DONE:  # noqa: B023 - as above
                self._note(code)
            self._note(code)
            self._verify(far, file)
        self.figures.cuts = cutter.cuts.value

    def pull(self, enough: int) -> None:
        """Pull the stick out while it is written, and put it back, until that was done often enough."""
        while self.figures.cuts < enough:
            far, file = self._new()
            stick = self.server.served / far.name
            pocket = stick.with_name(f"{far.name}-pocket")
            code = None
            while code != DONE:
                pid = child(lambda: far.push(file, self.part))  # noqa: B023 - the child runs at once
                time.sleep(self.random.uniform(0, self.figures.clean_s))
                stick.rename(pocket)
                code = end_of(pid)
                pocket.rename(stick)
                self.figures.cuts += code == STOPPED
                self._note(code)
            self._verify(far, file)

    def _new(self) -> tuple[Far, Path]:
        name = f"place-{os.urandom(4).hex()}"
        (self.server.served / name).mkdir()
        file = self.folder / f"{name}.gemba"
        file.write_bytes(self.random.randbytes(self.size))
        return Far(self.server, name), file

    def _note(self, code: int | None) -> None:
        self.figures.runs += 1
        self.figures.hung += code is None
        self.figures.bugs += code not in {DONE, STOPPED, None}

    def _verify(self, far: Far, file: Path) -> None:
        into = self.folder / "gathered"
        into.mkdir()
        self.figures.packs += 1
        self.figures.identical += end_of(child(lambda: far.gather(file, into))) == DONE
        shutil.rmtree(into)
        file.unlink()
        shutil.rmtree(self.server.served / far.name, ignore_errors=True)


class Cutter:
    """A way to a server that cuts each line after some random number of bytes, in a process of its own."""

    def __init__(self, to: int, seed: int, most: int) -> None:
        self.port = free_port()
        self.cuts = multiprocessing.Value("i", 0)
        self._to, self._random, self._most = to, random.Random(seed), most
        self._pid = 0

    def __enter__(self) -> Self:
        self._pid = child(self._serve)
        until(lambda: answers(self.port), "the cutting proxy")
        return self

    def __exit__(self, *_: object) -> None:
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)

    def _serve(self) -> None:
        listener = socket.create_server(("127.0.0.1", self.port))
        while True:
            line, _ = listener.accept()
            threading.Thread(
                target=self._line, args=(line, self._random.randint(1_000, self._most)), daemon=True
            ).start()

    def _line(self, near: socket.socket, budget: int) -> None:
        try:
            far = socket.create_connection(("127.0.0.1", self._to), 5)
        except OSError:
            near.close()
            return
        left, lock = [budget], threading.Lock()
        ways = [
            threading.Thread(target=self._pump, args=(*way, left, lock), daemon=True)
            for way in ((near, far), (far, near))
        ]
        for way in ways:
            way.start()

    def _pump(self, source: socket.socket, target: socket.socket, left: list[int], lock: threading.Lock) -> None:
        with suppress(OSError):
            while data := source.recv(16_384):
                with lock:
                    before = left[0]
                    left[0] -= len(data)
                if left[0] < 0:
                    target.sendall(data[: max(0, before)])
                    if before >= 0:  # once a line
                        with self.cuts.get_lock():
                            self.cuts.value += 1
                    break
                target.sendall(data)
        for each in (source, target):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)


def one_carrier(sort: str, kills: int, cuts: int, size: int, part: int, seed: int) -> Figures:
    """All that is done to one carrier."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="gemba-carriers-") as folder:
        server = SERVERS[sort](Path(folder) / "server")
        server.start()
        try:
            rounds = Rounds(server, Path(folder), size, part, seed)
            rounds.clean()
            rounds.kill(kills)
            if sort == "folder":  # a stick has no line, but it can be pulled out
                rounds.pull(cuts)
            elif cuts:
                with Cutter(server.port, seed, 3 * part) as cutter:
                    rounds.cut(cuts, cutter)
        finally:
            server.stop()
    rounds.figures.seconds = round(time.monotonic() - begun, 1)
    return rounds.figures


def preload() -> None:
    """Read every library before the first child is made; nothing may be opened here."""
    import asyncssh  # noqa: F401
    import s3fs  # noqa: F401
    import smbclient  # noqa: F401
    import sshfs  # noqa: F401
    import webdav4.fsspec  # noqa: F401
    from fsspec.implementations import local, smb  # noqa: F401

    from gemba.carriers import folder_place, s3_place, sftp_place, smb_place, webdav_place  # noqa: F401


def stop(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(BUG)


def main() -> int:
    said = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    said.add_argument("--kills", type=int, default=100)
    said.add_argument("--cuts", type=int, default=100)
    said.add_argument("--only", choices=list(SERVERS), action="append")
    said.add_argument("--size", type=int, default=4 << 20, help="bytes of a pack")
    said.add_argument("--part", type=int, default=256 << 10, help="bytes of a part")
    said.add_argument("--seed", type=int, default=1)
    given = said.parse_args()
    signal.signal(signal.SIGTERM, stop)
    preload()
    found = []
    for sort in given.only or SERVERS:
        figures = one_carrier(sort, given.kills, given.cuts, given.size, given.part, given.seed)
        print(
            f"{sort:7} {figures.kills:4} kills {figures.cuts:4} cuts {figures.runs:5} runs: "
            f"{figures.identical} of {figures.packs} packs identical, {figures.hung} hung, {figures.bugs} bugs; "
            f"clean {figures.clean_s} s, all {figures.seconds} s",
            file=sys.stderr,
            flush=True,
        )
        found.append(asdict(figures))
    print(json.dumps(found))
    wrong = any(one["identical"] != one["packs"] or one["bugs"] or one["hung"] for one in found)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
