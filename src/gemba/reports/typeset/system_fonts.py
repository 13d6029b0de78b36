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
_KNOWN_BOLD = ("msyhbd.ttc", "msjhbd.ttc", "YuGothB.ttc", "meiryob.ttc", "malgunbd.ttf", "NotoSansCJK-Bold.ttc")
_REGIONS = {
    "ja": ("JP", "jp"),
    "ko": ("KR", "kr"),
    "zh": ("SC", "sc"),
    "zh-cn": ("SC", "sc"),
    "zh-hans": ("SC", "sc"),
    "zh-tw": ("TC", "tc"),
    "zh-hant": ("TC", "tc"),
    "zh-hk": ("HK", "hk", "TC", "tc"),
}
"""Part of a font's name that says for which region it draws Han characters."""
_PREFERRED = {"Han": "zh-cn", "Japanese": "ja", "Korean": "ko"}


def find(char: str, script: str, language: str, packs: Sequence[Path], *, bold: bool) -> Face | None:
    """A font that writes `char`, or `None`.

    Args:
        char: a character that no bundled font has.
        script: its writing system (`gemba.reports.typeset.scripts`).
        language: of the document; it decides which shape Han characters take.
        packs: folders with fonts of one's own, looked at first.
        bold: prefer a bold font.
    """
    wanted = language if language.partition("-")[0] in {"zh", "ja", "ko"} else _PREFERRED.get(script, "")
    fitting = [face for folder in packs for face in _usable(_all_of(folder), char)]
    if fitting:
        return min(fitting, key=lambda face: (("Bold" in face.name) != bold, not _regional(face, wanted)))
    return next(_usable(_candidates(char, wanted, bold=bold), char), None)


def _usable(candidates: Iterable[tuple[Path, int]], char: str) -> Iterator[Face]:
    """Fonts that open, write `char` in outlines and may be embedded."""
    for file, index in candidates:
        with suppress(Exception):  # a broken font on somebody's machine must not end a report
            face = Face(file, index)
            if face.has(char) and face.may_be_embedded and not face.shaper.has_color_png:
                yield face


def _regional(face: Face, wanted: str) -> bool:
    """True when a font that exists for several regions is the one for the wanted language."""
    return any(mark in face.name for mark in _REGIONS.get(wanted.lower(), ()))


def _all_of(folder: Path) -> Iterator[tuple[Path, int]]:
    for file in _fonts_of(folder):
        yield from ((file, index) for index in range(_count(file)))


def _candidates(char: str, wanted: str, *, bold: bool) -> Iterator[tuple[Path, int]]:
    yield from _by_fontconfig(char, wanted, bold=bold)
    folders = [folder for folder in _system_folders() if folder.is_dir()]
    names = [*_KNOWN_BOLD, *_KNOWN] if bold else _KNOWN
    for name in names:
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


def _by_fontconfig(char: str, wanted: str, *, bold: bool) -> Iterator[tuple[Path, int]]:
    """What fontconfig, where there is one, takes for the character."""
    program = shutil.which("fc-match")
    if program is None:
        return
    pattern = f":charset={ord(char):x}:scalable=true:weight={200 if bold else 80}"
    pattern += f":lang={wanted}" if wanted else ""
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
