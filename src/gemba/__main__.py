"""`gemba` and `python -m gemba`."""

from __future__ import annotations

import gc
import sys

from gemba.app import run

LITTER = 10_000
"""New objects after which circles among them are looked for. Python's 700 cost a tenth of every start: what is imported
is none."""


def main() -> int:
    """Run the program with the shell's arguments."""
    gc.set_threshold(LITTER)
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
