"""What the window needs of the system, asked before Qt is loaded: Qt itself would end the process."""

from __future__ import annotations

import ctypes
import os
import sys

from gemba.errors import Trouble

_DRAWING = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libbrotlidec.so.1": "libbrotli1",
}
"""Libraries that Qt loads in any case, and the Debian packages that bring them."""

_SCREEN = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
"""Libraries of a real X11 screen."""


def check_screen() -> None:
    """Make sure that there is a screen to open a window on.

    Raises:
        Trouble: there is none.
    """
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        raise Trouble("ui.no_screen")


def check_libraries() -> None:
    """Make sure that Qt's system libraries are there.

    Raises:
        Trouble: some are missing; the sentence names the packages and the line that installs them.
    """
    if not sys.platform.startswith("linux"):
        return
    needed = dict(_DRAWING)
    if os.environ.get("QT_QPA_PLATFORM", "xcb").startswith("xcb") and os.environ.get("DISPLAY"):
        needed |= _SCREEN
    missing = sorted(package for library, package in needed.items() if not _loads(library))
    if missing:
        raise Trouble("ui.libraries_missing", packages=" ".join(missing))


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
