"""What is said of a problem, and of the way to mend it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gemba.forms.editing.found import Problem
from gemba.wording import text


def problem_words(problem: Problem) -> str:
    """One sentence on what is wrong."""
    return _SENTENCES[problem.code](problem.facts)


def fix_words(problem: Problem) -> str:
    """What the fix does, as a verb; "" when only the author can mend it."""
    return _FIXES[problem.fix]() if problem.fix else ""


_SENTENCES: Mapping[str, Callable[[Mapping[str, str]], str]] = {
    "no_title": lambda _: text("The checklist has no title."),
    "no_form_id": lambda _: text("The checklist has no id by which its versions are known."),
    "no_questions": lambda _: text("There is no question yet."),
    "nothing_required": lambda _: text("No question has to be answered: an empty checklist could be concluded."),
    "stray_end": lambda _: text("A section ends here that never began."),
    "wrong_end": lambda _: text("A section ends as a repeat, or a repeat as a section."),
    "not_closed": lambda _: text("This section is never closed."),
    "no_name": lambda _: text("This has no name, so its answer cannot be kept."),
    "bad_name": lambda f: text("“{name}” is no name: use letters, digits and _, beginning with a letter.", **f),
    "reserved_name": lambda f: text("The name “{name}” is kept for every form's own use.", **f),
    "double_name": lambda f: text("The name “{name}” is there already.", **f),
    "unknown_type": lambda f: text("“{type}” is no type of question that can be filled here.", **f),
    "empty_section": lambda f: text("The section “{label}” holds no question.", **f),
    "no_number": lambda f: text("“{text}” is no number.", **f),
    "bad_draw": lambda f: text("“{text}” does not say how many questions are drawn: write 3, or 3 hygiene.", **f),
    "no_calculation": lambda _: text("This is to be worked out, but it does not say how."),
    "two_things": lambda _: text("This may ask two things at once; one answer cannot tell them apart."),
    "no_label": lambda _: text("The question has no words."),
    "untranslated": lambda f: text("Not said in {language} yet.", **f),
    "open_reference": lambda f: text("A reference is not finished: {text}", **f),
    "lost_reference": lambda f: text("It speaks of “{name}”, which is not there.", **f),
    "broken_rule": lambda f: text("This rule cannot be read. {why}", **f),
    "about_itself": lambda _: text("This depends on its own answer."),
    "unused_list": lambda f: text("No question chooses from the list “{list}”.", **f),
    "no_list": lambda _: text("The question has no choices."),
    "lost_list": lambda f: text("The list of choices “{list}” is not there.", **f),
    "critical_unscored": lambda _: text("It is critical, but none of its choices has points, so it cannot fail."),
    "choice_unnamed": lambda f: text("A choice of “{list}” has no code.", **f),
    "choice_spaces": lambda f: text("The code “{name}” has a space in it; codes are one word.", **f),
    "choice_double": lambda f: text("The code “{name}” is twice in “{list}”.", **f),
    "choice_unlabelled": lambda f: text("A choice of “{list}” has no words.", **f),
    "conversion": lambda f: f["why"],
}
_FIXES: Mapping[str, Callable[[], str]] = {
    "clear": lambda: text("Take it out"),
    "copy_words": lambda: text("Copy the words"),
    "rename": lambda: text("Give it another name"),
    "name_it": lambda: text("Give it a name"),
    "make_list": lambda: text("Make choices"),
    "make_text": lambda: text("Make it a text"),
    "remove": lambda: text("Take it out"),
    "remove_row": lambda: text("Take it out"),
    "match_end": lambda: text("Mend it"),
    "close": lambda: text("Close it"),
    "make_id": lambda: text("Make one from the title"),
    "require_all": lambda: text("Require what gives points"),
    "name_choice": lambda: text("Give it a code"),
    "drop_lists": lambda: text("Take it out"),
}
CODES = frozenset(_SENTENCES)
