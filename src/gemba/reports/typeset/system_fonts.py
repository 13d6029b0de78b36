"""Fonts that are not bundled: from a font pack in a folder, else from the system.

Looked for once a character is met that no bundled font can write, and only among a few names, because opening every
font of a machine takes seconds.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from gemba.reports.typeset.faces import Face

_SUFFIXES = {".ttf", ".otf", ".ttc", ".otc"}
_KNOWN = (
    # Windows: Chinese, Japanese, Korean, Indic, Thai and Lao, Ethiopic, American, Myanmar, signs.
    *("msyh.ttc", "msjh.ttc", "simsun.ttc", "YuGothM.ttc", "meiryo.ttc", "msgothic.ttc", "malgun.ttf"),
    *("Nirmala.ttc", "Nirmala.ttf", "LeelawUI.ttf", "ebrima.ttf", "gadugi.ttf", "mmrtext.ttf", "seguisym.ttf"),
    # macOS
    *("PingFang.ttc", "Hiragino Sans GB.ttc", "ヒラギノ角ゴシック W3.ttc", "AppleSDGothicNeo.ttc", "Arial Unicode.ttf"),
    *("Kohinoor.ttc", "Thonburi.ttc", "Apple Symbols.ttf"),
    # Linux without fontconfig
    *("NotoSansCJK-Regular.ttc", "wqy-microhei.ttc", "wqy-zenhei.ttc", "DroidSansFallbackFull.ttf", "DejaVuSans.ttf"),
)
_PREFERRED = {"Han": "zh-cn", "Japanese": "ja", "Korean": "ko"}


def find(char: str, script: str, language: str, packs: Sequence[Path]) -> Face | None:
    """A font that writes `char`, or `None`.

    Args:
        char: a character that no bundled font has.
        script: its writing system (`gemba.reports.typeset.scripts`).
        language: of the document; it decides which shape Han characters take.
        packs: folders with fonts of one's own, looked at first.
    """
    wanted = language if language.partition("-")[0] in {"zh", "ja", "ko"} else _PREFERRED.get(script, "")
    for file, index in _candidates(char, wanted, packs):
        with suppress(Exception):  # a broken font on somebody's machine must not end a report
            face = Face(file, index)
            if face.has(char) and face.may_be_embedded and not face.shaper.has_color_png:
                return face
    return None


def _candidates(char: str, wanted: str, packs: Sequence[Path]) -> Iterator[tuple[Path, int]]:
    for folder in packs:
        for file in _fonts_of(folder):
            yield from ((file, index) for index in range(_count(file)))
    yield from _by_fontconfig(char, wanted)
    folders = [folder for folder in _system_folders() if folder.is_dir()]
    for name in _KNOWN:
        for folder in folders:
            if (folder / name).is_file():
                yield folder / name, 0


def _fonts_of(folder: Path) -> list[Path]:
    with suppress(OSError):
        return sorted(file for file in folder.iterdir() if file.suffix.lower() in _SUFFIXES)
    return []


def _count(file: Path) -> int:
    """How many fonts a file holds."""
    with suppress(OSError), file.open("rb") as opened:
        head = opened.read(12)
        if head[:4] == b"ttcf":
            return int.from_bytes(head[8:12], "big")
    return 1


def _by_fontconfig(char: str, wanted: str) -> Iterator[tuple[Path, int]]:
    """What fontconfig, where there is one, takes for the character."""
    program = shutil.which("fc-match")
    if program is None:
        return
    pattern = f":charset={ord(char):x}:scalable=true" + (f":lang={wanted}" if wanted else "")
    with suppress(OSError, subprocess.SubprocessError, ValueError):
        answer = subprocess.run(  # noqa: S603 - the program comes from PATH and is given a number and a language
            [program, "--format=%{index} %{file}", "sans-serif" + pattern],
            capture_output=True,
            timeout=10,
            check=True,
            encoding="utf-8",
        ).stdout
        index, _, file = answer.partition(" ")
        yield Path(file), int(index) & 0xFFFF


def _system_folders() -> Iterable[Path]:
    """Where a system keeps its fonts."""
    home = Path.home()
    if sys.platform == "win32":
        yield Path(os.environ.get("WINDIR", r"C:\Windows"), "Fonts")
        yield home / "AppData/Local/Microsoft/Windows/Fonts"
    elif sys.platform == "darwin":
        yield from (Path("/System/Library/Fonts"), Path("/System/Library/Fonts/Supplemental"), Path("/Library/Fonts"))
        yield home / "Library/Fonts"
    else:
        yield from (home / ".local/share/fonts", Path("/usr/share/fonts/opentype/noto"))
        yield from (Path("/usr/share/fonts/truetype") / name for name in ("noto", "wqy", "droid", "dejavu"))
