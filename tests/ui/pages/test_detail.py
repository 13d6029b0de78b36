"""A record that cannot be read says so and why; it never looks as if nothing were chosen."""

from __future__ import annotations

from gemba.errors import Trouble
from gemba.ui.pages.detail import Detail
from gemba.ui.parts.empty import EmptyState
from gemba.ui.parts.words import Words


class Reading:
    """Fails until it is mended."""

    def __init__(self) -> None:
        self.mended = False

    def __call__(self, _desk: object, uid: str) -> str:
        if not self.mended:
            raise Trouble("store.evidence_missing", sha256="a" * 64, what="queue.jpg")
        return f"read {uid}"


def test_why_a_record_is_not_there_and_the_way_to_try_again(demo, demo_desk):
    reading = Reading()
    detail = Detail(
        demo.window.services,
        read=reading,
        draw=lambda facts: detail.body.addWidget(Words(facts)),
        name="things.detail",
        nothing=EmptyState("flag", "No thing chosen", ""),
        topics=frozenset({"thing"}),
        has_history=False,
    )
    demo.qtbot.addWidget(detail)
    detail.show()
    detail.open("u1")
    demo.qtbot.waitUntil(detail.trouble.isVisible)
    assert "missing from this store" in detail.trouble.text.text().replace("\u200b", "")
    assert detail.trouble.accessibleName().startswith("This record could not be read: ")

    reading.mended = True
    detail.trouble.again.click()
    demo.qtbot.waitUntil(lambda: detail.currentIndex() == 1)
    assert [words.text() for words in detail.findChildren(Words) if words.isVisible()] == ["read u1"]
