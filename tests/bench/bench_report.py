"""A report of about 50 pages with 100 photos of 12 megapixels, against bare ReportLab and Pillow drawing the same.

Run by hand: `uv run python tests/bench/bench_report.py`. Each side runs in a process of its own, so that its peak
memory is its own, and in turn, three times; the medians are compared. Two cases:

- originals: both sides are given the camera's files and make them smaller (draft decoding, bicubic, no ASCII85);
- prepared: both sides are given the upright pictures of 1,600 pixels that the store keeps.
"""

from __future__ import annotations

import io
import json
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

from PIL import Image

PHOTOS, DISTINCT = 100, 10
CAPTION = "What was seen at the station, from where the operator stands"
PARAGRAPH = (
    "The rack with the empty boxes stands half in the marked walkway between the line and the test bench, and people "
    "step into the forklift lane to pass it. The shift lead knows of it since March and has asked twice for a new "
    "place; nobody answered. We walked the way of the material together and measured the free width at four points. "
)


def main() -> None:
    """Print seconds, ratios and peak memory."""
    if len(sys.argv) > 1:
        _measure(*sys.argv[1:])
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for case in ("originals", "prepared"):
            _make_photos(folder / case, prepared=case == "prepared")
            _compare(case, folder)


def _compare(case: str, folder: Path) -> None:
    runs: dict[str, list[dict[str, float]]] = {"bare": [], "gemba": []}
    for _ in range(3):
        for side, found in runs.items():
            command = [sys.executable, __file__, side, str(folder / case), str(folder / f"{side}.pdf")]
            found.append(json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout))
    seconds = {side: statistics.median(run["seconds"] for run in found) for side, found in runs.items()}
    for side, found in runs.items():
        last = found[-1]
        print(
            f"{case:10} {side:6} {seconds[side]:7.2f} s  {last['pages']:.0f} pages  {last['size'] / 1e6:6.1f} MB file  "
            f"peak {max(run['peak'] for run in found):5.0f} MB"
        )
    print(f"{case:10} ratio  {seconds['gemba'] / seconds['bare']:7.2f}\n")


def _measure(side: str, photos: str, out: str) -> None:
    files = sorted(Path(photos).glob("*.jpg"))
    begun = time.perf_counter()
    pages = (_bare if side == "bare" else _gemba)(files, Path(out))
    seconds = time.perf_counter() - begun
    print(json.dumps({"seconds": seconds, "pages": pages, "size": Path(out).stat().st_size, "peak": _peak()}))


def _peak() -> float:
    """Megabytes at the highest of this program alone; `getrusage` would count its parent's, too."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def _bare(files: list[Path], out: Path) -> int:
    """Two photos a page and a line of text, nothing else; files by name, which ReportLab embeds without decoding."""
    from reportlab import rl_config
    from reportlab.pdfgen.canvas import Canvas

    rl_config.useA85 = 0
    canvas = Canvas(str(out), pageCompression=1)
    for at in range(0, len(files), 2):
        for row, file in enumerate(files[at : at + 2]):
            canvas.drawImage(str(_small(file)), 60, 460 - row * 400, 460, 345)
            canvas.drawString(60, 440 - row * 400, f"{at + row}: {CAPTION}")
        canvas.showPage()
    canvas.save()
    return len(files) // 2


def _small(file: Path) -> Path:
    if file.parent.name == "prepared":
        return file
    small = file.with_suffix(".small")
    with Image.open(file) as image:
        image.draft("RGB", (1600, 1200))
        image.resize((1600, 1200), Image.Resampling.BICUBIC).save(small, "JPEG", quality=82)
    return small


def _gemba(files: list[Path], out: Path) -> int:
    from gemba.reports.assessment import render
    from gemba.reports.facts import ActionFacts, AssessmentFacts, FindingFacts, LineFacts, PhotoFacts, SectionFacts

    findings = tuple(
        FindingFacts(
            number=f"F-K7QD-{n:04}",
            grade="minor",
            grade_title="Minor nonconformity",
            tone="fair",
            criterion="Walkways are marked and free over their whole width.",
            text=PARAGRAPH * 3,
            place="Line 2",
            photos=tuple(PhotoFacts(jpeg=file, caption=CAPTION) for file in files[2 * n : 2 * n + 2]),
            actions=(ActionFacts(number=f"K-K7QD-{n:04}", text=PARAGRAPH, owner="Shift lead", due=date(2026, 6, 1)),),
        )
        for n in range(len(files) // 2)
    )
    lines = tuple(
        LineFacts(question=PARAGRAPH[:90], answer="Yes", note=PARAGRAPH, score_text="2 / 2") for _ in range(28)
    )
    sections = tuple(
        SectionFacts(title=f"Section {n}", percent=80, points=96, possible=120, answered=28, questions=28, lines=lines)
        for n in range(5)
    )
    facts = AssessmentFacts(
        number="A-K7QD-0012",
        title="Leader gemba walk",
        place="Zaragoza assembly",
        person="Ana Belén Ortiz",
        started_at=datetime(2026, 5, 12, tzinfo=UTC),
        score=80.0,
        grade_title="Good",
        grade_tone="good",
        sections=sections,
        findings=findings,
    )
    return render(facts, out, language="en").pages


def _make_photos(folder: Path, *, prepared: bool) -> None:
    """Pictures with as much detail as a workshop: 12 megapixels, 3 to 4 MB; or what the store makes of them."""
    folder.mkdir()
    for n in range(DISTINCT):
        coarse = Image.effect_noise((500, 375), 60 + n).resize((4000, 3000), Image.Resampling.BICUBIC)
        fine = Image.effect_noise((4000, 3000), 25)
        image = Image.merge("RGB", (coarse, Image.blend(coarse, fine, 0.35), fine.point(lambda value: value // 2 + 60)))
        out = io.BytesIO()
        if prepared:
            image = image.resize((1600, 1200), Image.Resampling.BICUBIC)
        image.save(out, "JPEG", quality=82)
        for copy in range(n, PHOTOS, DISTINCT):
            (folder / f"{copy:03}.jpg").write_bytes(
                out.getvalue() + bytes([copy])
            )  # one byte makes it a photo of its own


if __name__ == "__main__":
    main()
