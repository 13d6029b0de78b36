"""How an outcome is told in a sentence or two: rules that kinds choose from."""

from __future__ import annotations

from gemba.domain.findings import NEEDS_ACTION, FindingGrade
from gemba.kinds.model import Facts, Grade
from gemba.wording import plural, text


def with_points(grade: Grade, facts: Facts) -> str:
    """Grade and percent first, then what pulled it down, then what was found."""
    percent = facts.score.percent
    if percent is None:
        return without_points(grade, facts)
    head = text("{grade}: {percent} %.", grade=text(grade.title), percent=f"{percent:.1f}")
    return _joined(head, _scales(facts), _critical(facts), _weakest(facts), _unanswered(facts), _found(facts))


def without_points(grade: Grade, facts: Facts) -> str:
    """The grade, then what was found; no percent is made up where nothing was scored."""
    head = text("{grade}.", grade=text(grade.title))
    return _joined(head, _scales(facts), _critical(facts), _unanswered(facts), _found(facts))


def scale_title(name: str) -> str:
    """What a person calls a further score: the author's name for it, as words."""
    titles = {
        "compliance": text("Compliance"),
        "quality": text("Quality"),
        "safety": text("Safety"),
        "core": text("By the core checklist"),
    }
    words = name.replace("_", " ").strip()
    return titles.get(words.lower(), words[:1].upper() + words[1:])


def _scales(facts: Facts) -> str:
    """Each further score in a sentence of its own."""
    return _joined(
        *(
            text("{scale}: {percent} %.", scale=scale_title(name), percent=f"{scale.percent:.1f}")
            for name, scale in facts.score.scales.items()
            if scale.percent is not None
        )
    )


def _joined(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)


def _critical(facts: Facts) -> str:
    count = len(facts.score.critical_failed)
    return plural("{n} critical question failed.", "{n} critical questions failed.", count) if count else ""


def _weakest(facts: Facts) -> str:
    """The section with the lowest percent, when sections differ at all."""
    scored = [(section.percent, section.title) for section in facts.score.sections if section.percent is not None]
    if len({percent for percent, _ in scored}) < 2:
        return ""
    percent, title = min(scored, key=lambda pair: pair[0])
    return text("Weakest section: {title} ({percent} %).", title=title, percent=f"{percent:.0f}")


def _unanswered(facts: Facts) -> str:
    answered, questions = facts.answered_of
    count = questions - answered
    return plural("{n} question is not answered.", "{n} questions are not answered.", count) if count > 0 else ""


def _found(facts: Facts) -> str:
    grades = [finding.grade for finding in facts.findings]
    act = sum(1 for grade in grades if grade in NEEDS_ACTION)
    copy = sum(1 for grade in grades if grade is FindingGrade.GOOD_PRACTICE)
    return _joined(
        plural("{n} finding needs action.", "{n} findings need action.", act) if act else "",
        plural("{n} good practice to copy.", "{n} good practices to copy.", copy) if copy else "",
    )
