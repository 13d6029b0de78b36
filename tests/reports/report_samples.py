"""Facts for report tests: small ones, large ones, and several writing systems."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta
from typing import Any

from PIL import Image, ImageDraw

from gemba.reports.facts import ActionFacts, AssessmentFacts, FindingFacts, LineFacts, PhotoFacts, SectionFacts

START = datetime(2026, 5, 12, 6, 40, tzinfo=UTC)
HASH = "3f2a9c0d17be5e648a1b7c2d90e4f5a6b7c8d9e0f1a2b3c4d5e6f708192a3b4c"


def jpeg(width: int = 800, height: int = 600, colour: str = "#7a93a8", word: str = "", **save: Any) -> bytes:
    """A photo-like picture: ground, frame, and a red corner at its top left."""
    image = Image.new("RGB", (width, height), colour)
    draw = ImageDraw.Draw(image)
    side = min(width, height)
    draw.ellipse((width * 0.3, height * 0.3, width * 0.7, height * 0.7), fill="#d8cfa8", outline="#333333", width=4)
    draw.rectangle((0, 0, side // 6, side // 6), fill="#cc2222")
    draw.text((width * 0.42, height * 0.48), word, fill="#222222", font_size=side / 12)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80, **save)
    return out.getvalue()


def photo(width: int = 800, height: int = 600, caption: str = "", **more: Any) -> PhotoFacts:
    return PhotoFacts(jpeg=jpeg(width, height, **more), caption=caption, width=width, height=height)


def action(number: int = 1, **over: Any) -> ActionFacts:
    facts: dict[str, Any] = {
        "number": f"K-K7QD-{number:04}",
        "text": "Move the rack so that the marked walkway stays free, and mark its new place on the floor.",
        "owner": "Shift lead, line 2",
        "due": date(2026, 5, 12) + timedelta(days=7 * number),
        "state": "open",
    }
    return ActionFacts(**(facts | over))


def finding(number: int = 1, **over: Any) -> FindingFacts:
    facts: dict[str, Any] = {
        "number": f"F-K7QD-{number:04}",
        "grade": "minor",
        "grade_title": "Minor nonconformity",
        "tone": "fair",
        "criterion": "Walkways are marked and free over their whole width.",
        "text": "A rack with empty boxes stands half in the marked walkway between line 2 and the test bench. Two "
        "people had to step into the forklift lane while we stood there.",
        "place": "Line 2",
        "photos": (photo(caption="Rack in the walkway, seen from the test bench", word="rack"),),
        "actions": (action(number),),
    }
    return FindingFacts(**(facts | over))


def section(title: str = "Safety", percent: float | None = 80.0, questions: int = 4, **over: Any) -> SectionFacts:
    lines = tuple(
        LineFacts(
            question=f"Is the standard for step {n} of the work posted where the work is done?",
            answer="Yes" if n % 3 else "Partly",
            note="The sheet at station 4 is of last year." if n % 3 == 0 else "",
            score_text="2 / 2" if n % 3 else "1 / 2",
            critical=n == 2,
        )
        for n in range(1, questions + 1)
    )
    facts: dict[str, Any] = {
        "title": title,
        "percent": percent,
        "points": (percent or 0) * questions / 50,
        "possible": float(2 * questions),
        "answered": questions,
        "questions": questions,
        "lines": lines,
    }
    return SectionFacts(**(facts | over))


def facts(**over: Any) -> AssessmentFacts:
    known: dict[str, Any] = {
        "number": "A-K7QD-0012",
        "title": "Leader gemba walk, early shift",
        "kind_title": "Leader gemba walk",
        "organisation": "Northwind Appliances",
        "place": "Zaragoza assembly",
        "place_path": ("Northwind", "Iberia"),
        "person": "Ana Belén Ortiz",
        "started_at": START,
        "concluded_at": START + timedelta(hours=1, minutes=35),
        "zone": "Europe/Madrid",
        "score": 82.4,
        "grade_title": "Good, with open points",
        "grade_tone": "good",
        "sections": (
            section("Safety and order", 91.7, 6, tone="good"),
            section("Visual management", 75.0, 5, tone="fair"),
            section("Voice of the customer on the line", 45.0, 5, tone="poor"),
            section("Coaching and follow-up from earlier walks", 100.0, 4, tone="good"),
            section("What people told us", None, 2),
        ),
        "findings": (
            finding(1, grade="major", grade_title="Major nonconformity", tone="poor"),
            finding(2, photos=(photo(600, 800, "Upright photo of the board"), photo(caption="The same board, wide"))),
            finding(
                3,
                grade="good_practice",
                grade_title="Good practice",
                tone="good",
                text="The team reads one customer complaint at the start of each shift and writes down what the "
                "line can do.",
                criterion="The voice of the customer is heard where the work is done.",
                photos=(),
                actions=(),
            ),
        ),
        "critical": ("Are emergency exits free and unlocked?",),
        "summary": "A calm, well-led area. The walkway between line 2 and the test bench is the one thing that must "
        "change this week; everything else is on a good way.",
        "template_title": "Leader gemba walk",
        "template_version": "2026.1",
        "content_hash": HASH,
    }
    return AssessmentFacts(**(known | over))
