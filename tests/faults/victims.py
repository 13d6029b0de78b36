"""Run by `kills`: for each line on its input, `DEED STORE`, one child that does the deed until it is killed.

Everything is imported once and children are forked, so that a child costs milliseconds. Output: `pid N`, then
`done WORDS` for each thing that is acknowledged, then `dead CODE SECONDS`, which it worked. The scene comes as JSON in
the first argument.
"""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path

import msgspec
from tests.faults.deeds import DEEDS
from tests.faults.scene import Scene


def say(line: str) -> None:
    """One line, at once."""
    os.write(1, f"{line}\n".encode())


def main() -> None:
    """Serve lines until there are none."""
    facts = msgspec.json.decode(sys.argv[1])
    scene = Scene(Path(facts["folder"]), bytes.fromhex(facts["key"]), b"", facts["audit"], facts["photo"])
    for line in sys.stdin:
        name, store = line.split(maxsplit=1)
        pid = os.fork()
        if pid == 0:
            try:
                say(f"pid {os.getpid()}")
                DEEDS[name][1](scene, Path(store.strip()), lambda words: say(f"done {words}"))
                os._exit(0)
            except BaseException:  # noqa: BLE001 - told to whoever started it, and ended
                traceback.print_exc()
            finally:
                os._exit(1)
        _, status, used = os.wait4(pid, 0)
        say(f"dead {os.waitstatus_to_exitcode(status)} {used.ru_utime + used.ru_stime:.4f}")


if __name__ == "__main__":
    main()
