from __future__ import annotations

import io
import multiprocessing
import pickle
import random
import shutil
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from PIL import Image
from report_reading import glyphs, pictures, pixels, texts, whole
from report_samples import HASH, action, facts, finding, jpeg, photo, section

from gemba import wording
from gemba.errors import Trouble
from gemba.reports.assessment import estimate, render
from gemba.reports.facts import LineFacts, PhotoFacts

FONTS = Path(__file__).parent / "fonts"


@pytest.fixture
def out(tmp_path):
    return tmp_path / "report.pdf"


def test_the_report_tells_the_facts(out):
    made = render(facts(), out, language="en")
    read = whole(out)
    for shown in (
        *("A-K7QD-0012", "Leader gemba walk, early shift", "Zaragoza assembly", "Ana Belén Ortiz", "2026.1", HASH),
        *("2026-05-12 08:40", "2026-05-12 10:15", "Europe/Madrid (UTC+02:00)", "82.4 %", "Good, with open points"),
        *("All 22 questions were answered.", "Are emergency exits free and unlocked?", "Rack in the walkway"),
        *(
            "Judged against",
            "K-K7QD-0002",
            "Shift lead, line 2",
            "2026-05-19",
            "The sheet at station 4 is of last year.",
        ),
        *("Auditor", "Site manager", "Signature", "A calm, well-led area."),
    ):
        assert shown in read, shown
    assert made.size == out.stat().st_size
    assert made.warnings == ()
    assert not out.with_name("report.pdf.part").exists()


def test_every_page_tells_its_number_and_from_the_second_on_number_and_place(out):
    made = render(facts(), out, language="en")
    pages = texts(out)
    assert len(pages) == made.pages > 2
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in page
        assert "template 2026.1 3f2a9c0d17be" in page
        assert number == 1 or page.startswith(("A-K7QD-0012 · Leader", "Zaragoza assembly"))


def test_nothing_found_is_said(out):
    render(facts(findings=(), critical=(), sections=(), score=None, summary=""), out, language="en")
    read = whole(out)
    assert "No findings were raised." in read
    assert "not scored" in read
    assert "Actions" not in read


def test_two_hundred_findings_are_all_there(out):
    many = tuple(finding(n, photos=()) for n in range(1, 201))
    made = render(facts(findings=many), out, language="en")
    read = whole(out)
    assert made.pages > 40
    assert all(f"F-K7QD-{n:04}" in read and f"K-K7QD-{n:04}" in read for n in range(1, 201))


def test_long_texts_go_on_over_pages_and_lose_no_word(out):
    words = [f"w{n}" for n in range(6000)]
    made = render(facts(findings=(finding(text=" ".join(words), photos=(photo(),)),)), out, language="en")
    read = set(whole(out).split())
    assert made.pages > 6
    assert [word for word in words if word not in read] == []


def test_very_long_words_stay_on_the_paper(out):
    long = facts(
        title="T" * 400, place="P" * 300, person="N" * 200, findings=(finding(text="x" * 5000, place="y" * 400),)
    )
    render(long, out, language="en")
    for number in range(len(texts(out))):
        page = pixels(out, number)
        edge = [page.crop((0, 0, 40, page.height)), page.crop((page.width - 40, 0, page.width, page.height))]
        assert all(strip.getextrema() == ((255, 255),) * 3 for strip in edge)
    assert whole(out).count("x") > 5000


@pytest.mark.parametrize(
    "hostile",
    [
        "<img src=/etc/passwd>",
        '<para><img src="file:///etc/hostname"/></para><onDraw name="x"/>',
        "&lt;b&gt; ]]> %% (((( \\) Tj ET",
        "{secret} {0} %(x)s",
        "\x00\x07\x1b[31m\ud800 end",
    ],
)
def test_markup_and_control_characters_are_only_text(out, hostile):
    render(facts(title=hostile, summary=hostile, findings=(finding(text=hostile, photos=()),)), out, language="en")
    assert pictures(out) == []
    shown = "".join(char for char in hostile.replace("\ud800", "�") if char.isprintable())
    assert whole(out).count(" ".join(shown.split())) >= 2


def _flood(letter: str, count: int = 600) -> str:
    return " ".join(f"{letter}{n}" for n in range(count))


def test_floods_of_text_anywhere_lose_nothing_and_stay_in_the_margins(out):
    line = LineFacts(
        question=_flood("q"), answer=_flood("a"), note=_flood("n"), photos=(photo(caption=_flood("o")),), critical=True
    )
    flooded = finding(
        text=_flood("t"),
        criterion=_flood("c"),
        photos=(photo(caption=_flood("p")), photo(600, 800, _flood("r"))),
        actions=(action(text=_flood("x"), owner=_flood("w"), state=_flood("z")),),
    )
    whole_facts = facts(
        title=_flood("h", 200),
        place=_flood("l", 200),
        person=_flood("e", 200),
        summary=_flood("s"),
        critical=(_flood("k"),),
        findings=(flooded,),
        sections=(section(lines=(line,), title=_flood("m", 200)),),
        organisation=_flood("g", 200),
        kind_title=_flood("d", 200),
    )
    render(whole_facts, out, language="en")
    pages = texts(out)
    read = set(" ".join(pages).split())
    lost = {letter for letter in "qanotcprxwzsk" for n in range(600) if f"{letter}{n}" not in read}
    lost |= {letter for letter in "hlem" for n in range(200) if f"{letter}{n}" not in read}
    assert lost == set()
    for number in range(len(pages)):
        page = pixels(out, number)
        foot = page.crop((0, int(page.height * 288 / 297), page.width, page.height))
        edge = page.crop((page.width - 40, 0, page.width, page.height))
        assert foot.getextrema() == edge.getextrema() == ((255, 255),) * 3


def test_a_draft_says_so_on_every_page(out):
    render(facts(draft=True), out, language="en")
    assert all("Draft – not concluded" in page and "DRAFT" in page for page in texts(out))
    render(facts(), out, language="en")
    assert not any("Draft" in page for page in texts(out))


def test_a_correction_names_what_it_corrects(out):
    render(facts(corrects="A-K7QD-0009"), out, language="en")
    assert "corrects A-K7QD-0009" in texts(out)[0]


def test_the_same_facts_give_the_same_bytes(tmp_path):
    for name in ("one.pdf", "two.pdf"):
        render(facts(), tmp_path / name, language="en")
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()


def test_facts_travel_to_another_process(out):
    assert pickle.loads(pickle.dumps(facts())) == facts()
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        made = pool.apply(render, (facts(), out), {"language": "en"})
    assert made.pages == len(texts(out))


def test_title_author_and_language_are_in_the_file(out):
    render(facts(), out, language="en")
    data = out.read_bytes()
    assert b"/Lang (en)" in data
    assert b"/DisplayDocTitle true" in data
    assert b"20260512081500Z" in data  # when it was concluded, not when it was printed
    assert "Ana Belén Ortiz".encode("utf-16-be") in data or b"Ana Bel" in data


def test_all_fonts_are_inside_the_file(out):
    render(facts(summary="Ελληνικά Русский العربية עברית → ✓"), out, language="en")
    data = out.read_bytes()
    assert b"/Type1" not in data
    assert data.count(b"/Subtype /Type0") == data.count(b"/FontFile2") >= 6


def test_photos_are_embedded_as_they_are(out):
    original = jpeg(640, 480)
    render(facts(findings=(finding(photos=(PhotoFacts(jpeg=original, width=640, height=480),)),)), out, language="en")
    assert original[original.index(b"\xff\xdb") :] in out.read_bytes()
    assert b"ASCII85" not in out.read_bytes()


@pytest.mark.parametrize(("width", "height"), [(800, 600), (600, 800), (1600, 200), (100, 1600), (37, 41)])
def test_photos_keep_their_shape_and_stay_in_their_boxes(out, width, height):
    many = tuple(photo(width, height, f"photo {n}") for n in range(6))
    lines = section(lines=(LineFacts(question="Seen?", photos=many),))
    render(facts(findings=(finding(photos=many),), sections=(lines,)), out, language="en")
    seen = pictures(out)
    assert len(seen) == 12
    for _, left, bottom, right, top, wide, high in seen:
        assert (right - left) / (top - bottom) == pytest.approx(width / height, rel=0.01)
        assert (wide, high) == (width, height)
        assert 18 / 25.4 * 72 - 1 <= left < right <= (210 - 18) / 25.4 * 72 + 1


def test_photos_do_not_lie_on_one_another_or_on_text(out):
    many = tuple(photo(*size, f"caption {n}") for n, size in enumerate([(800, 600), (600, 800)] * 8))
    render(facts(findings=(finding(text="Long text. " * 60, photos=many),)), out, language="en")
    seen = pictures(out)
    for at, first in enumerate(seen):
        page, left, bottom, right, top = first[:5]
        for other, left2, bottom2, right2, top2 in (second[:5] for second in seen[at + 1 :]):
            apart = right <= left2 + 1 or right2 <= left + 1 or top <= bottom2 + 1 or top2 <= bottom + 1
            assert page != other or apart


@pytest.mark.parametrize("orientation", range(1, 9))
def test_photos_stand_upright_whatever_the_camera_said(out, orientation):
    upright = Image.open(io.BytesIO(jpeg(300, 200)))
    undo = {1: None, 2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}[orientation]
    stored = upright if undo is None else upright.transpose(Image.Transpose(undo))
    exif = Image.Exif()
    exif[0x0112] = orientation
    file = out.with_name("camera.jpg")
    stored.save(file, "JPEG", quality=95, exif=exif)
    render(facts(findings=(finding(photos=(PhotoFacts(jpeg=file),)),)), out, language="en")
    ((page, left, bottom, right, top, *_),) = pictures(out)
    assert (right - left) / (top - bottom) == pytest.approx(1.5, rel=0.01)
    picture = pixels(out, page)
    red = picture.getpixel((int(left) + 8, int(picture.height - top) + 8))
    assert red[0] > 150
    assert red[1] < 100


def test_a_photo_that_is_none_leaves_a_blank_and_a_warning(out, tmp_path):
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(jpeg(400, 300)[:700])
    bad = (PhotoFacts(jpeg=b"no picture"), PhotoFacts(jpeg=tmp_path / "gone.jpg"), PhotoFacts(jpeg=b""), photo())
    made = render(facts(findings=(finding(photos=bad),)), out, language="en")
    assert made.warnings == ("3 photos could not be read; their places in the report are blank.",)
    assert len(pictures(out)) == 1


def test_the_same_photo_is_stored_once(out):
    same = photo()
    render(facts(findings=(finding(1, photos=(same,)), finding(2, photos=(same,)))), out, language="en")
    assert out.read_bytes().count(b"/DCTDecode") == 1


def test_estimate_is_near_the_file(out):
    noisy = random.Random(1).randbytes(90_000)
    file = out.with_name("noise.jpg")
    Image.frombytes("RGB", (200, 150), noisy).resize((1200, 900)).save(file, "JPEG", quality=85)
    whole_facts = facts(
        findings=tuple(finding(n, photos=(PhotoFacts(jpeg=file.read_bytes() + bytes(n)),)) for n in range(12))
    )
    made = render(whole_facts, out, language="en")
    assert 0.7 < estimate(whole_facts) / made.size < 1.4


# Languages


def test_greek_cyrillic_and_signs_are_written(out):
    shown = "Επιθεώρηση Стеллаж Đường ≤ 5 °C → ✓ ☐ ①"
    made = render(facts(summary=shown), out, language="en")
    assert made.warnings == ()
    assert shown in whole(out)


def test_arabic_is_joined_and_read_from_the_right(out):
    arabic = facts(title="جولة في المصنع", place="الدار البيضاء", summary="القياس 12.5 م (Line 2) جيد")
    made = render(arabic, out, language="ar")
    first = texts(out)[0]
    assert made.warnings == ()
    assert "جولة في المصنع" in first
    assert "12.5" in first
    assert "Line" in first
    assert 0 not in glyphs(out)  # .notdef, the empty box
    assert b"/Direction /R2L" in out.read_bytes()


def test_an_arabic_page_is_the_mirror_of_an_english_one(tmp_path):
    one = (finding(photos=(photo(800, 600),)),)
    for language in ("en", "ar"):
        render(facts(findings=one), tmp_path / f"{language}.pdf", language=language)
    ((_, left, _, right, *_),) = pictures(tmp_path / "en.pdf")
    ((_, left2, _, right2, *_),) = pictures(tmp_path / "ar.pdf")
    width = 210 / 25.4 * 72
    assert left > width / 2 > right2
    assert (width - right, width - left) == pytest.approx((left2, right2), abs=0.1)


def test_the_language_of_the_window_stays(out):
    wording.use("en")
    render(facts(), out, language="ar-XB")
    assert wording.language() == "en"


def test_texts_forty_percent_longer_fit(out):
    render(facts(), out, language="en-XA")
    for number in range(len(texts(out))):
        page = pixels(out, number)
        assert page.crop((page.width - 40, 0, page.width, page.height)).getextrema() == ((255, 255),) * 3


def test_characters_without_a_font_are_named_and_marked(out, monkeypatch):
    monkeypatch.setenv("PATH", str(out.parent))  # no fontconfig
    made = render(facts(summary="Tagalog: ᜆᜄᜎᜓᜄ᜔ end"), out, language="en")
    (warning,) = made.warnings
    assert "Tagalog" in warning
    assert "font pack" in warning
    assert "� end" in whole(out).replace("�" * 4, "�")


def test_a_font_pack_writes_what_is_not_bundled(out, monkeypatch):
    monkeypatch.setenv("PATH", str(out.parent))
    made = render(facts(title="现场巡视", summary="「改善。」"), out, language="zh", font_packs=(FONTS,))
    assert made.warnings == ()
    assert "现场巡视" in whole(out)
    assert b"/CIDFontType0C" in out.read_bytes()


# The world


def test_a_folder_that_is_not_there_is_trouble_with_a_way_out(tmp_path):
    with pytest.raises(Trouble) as caught:
        render(facts(), tmp_path / "gone" / "report.pdf", language="en")
    assert caught.value.code == "reports.no_folder"
    assert "choose another folder" in wording.sentence(caught.value)


def test_a_name_that_is_taken_by_a_folder_is_trouble_and_leaves_nothing(tmp_path):
    (tmp_path / "report.pdf").mkdir()
    with pytest.raises(Trouble):
        render(facts(), tmp_path / "report.pdf", language="en")
    assert [file.name for file in tmp_path.iterdir()] == ["report.pdf"]


@pytest.mark.skipif(sys.platform == "win32", reason="file size limits are a matter of POSIX")
def test_a_full_disk_leaves_the_old_report_whole_and_nothing_else(tmp_path):
    out = tmp_path / "report.pdf"
    out.write_bytes(b"the old one")
    code = (
        "import resource, signal, sys\n"
        f"sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        "from pathlib import Path\n"
        "from report_samples import facts\n"
        "from gemba.errors import Trouble\n"
        "from gemba.reports.assessment import render\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))\n"
        "try:\n"
        f"    render(facts(), Path({str(out)!r}), language='en')\n"
        "except Trouble as trouble:\n"
        "    sys.stdout.write(trouble.code)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "reports.disk_full"
    assert out.read_bytes() == b"the old one"
    assert [file.name for file in tmp_path.iterdir()] == ["report.pdf"]


def test_stopping_leaves_nothing(out):
    def step(done: int, total: int) -> None:
        if done > total // 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        render(facts(), out, language="en", step=step)
    assert list(out.parent.iterdir()) == []


def test_progress_is_told_to_the_end(out):
    told: list[tuple[int, int]] = []
    render(facts(), out, language="en", step=lambda done, total: told.append((done, total)))
    assert told[-1][0] == told[-1][1]
    assert [done for done, _ in told] == sorted(done for done, _ in told)


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")
def test_a_strict_reader_finds_nothing_wrong(out):
    render(facts(), out, language="en")
    subprocess.run(["qpdf", "--check", str(out)], check=True, capture_output=True)


def test_actions_are_listed_first_due_first(out):
    later, sooner = action(9), action(1)
    render(facts(findings=(finding(actions=(later, sooner)),)), out, language="en")
    read = whole(out)
    table = read[read.rindex("Number Action Owner Due State") :]
    assert table.index(sooner.number) < table.index(later.number)


def test_heads_of_tables_come_again_on_each_page(out):
    many = tuple(finding(n, photos=(), text="short", criterion="") for n in range(1, 60))
    render(msgspec.structs.replace(facts(findings=many), sections=()), out, language="en")
    assert sum("Number Action Owner Due State" in page for page in texts(out)) >= 2
