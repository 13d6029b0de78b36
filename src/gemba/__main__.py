"""`gemba` and `python -m gemba`."""

from __future__ import annotations

import sys

from gemba.app import run


def main() -> int:
    """Run the program with the shell's arguments."""
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
