"""Whether a question asks two things at once, told from its words: one answer could not tell them apart.

A list of nouns (`forms or supplies`) is one thing. Two things are two judgements: a verb again after "and" (`is open
and has a sign`), two qualities at the end (`is clean and dry`), "and/or", or two question marks. Advice, never a fault.
"""

from __future__ import annotations

import re

_AND = r"(?:and|und|et|y|e)"
_IS = (
    r"(?:is|are|was|were|ist|sind|war|waren|est|sont|était|étaient|es|son|está|están"
    r"|looks?|feels?|stays?|seems?|remains?|s'est)"
)
_VERB = (
    rf"(?:{_IS}|has|have|had|do|does|did|can|could|must|will|would|hat|haben|kann|können|wird|werden"
    r"|a|ont|peut|peuvent|ha|han|hay|tiene|tienen|puede|pueden)"
)
_WHO = r"(?:(?:it|they|there|he|she|er|sie|il|elle|ils|elles|also|auch|aussi|también|not)\s+)*"
_BEFORE = (
    "a an the to of for with by in on at from between against about both this that these those every each no any "
    "my your our their its der die das dem den ein eine zu von für mit bei in an auf aus zwischen "
    "le la les un une des de du à pour avec par dans sur entre el los las una por para con en sobre"
)
_AGAIN = re.compile(rf"\b{_VERB}\b.*\b{_AND}\s+{_WHO}{_VERB}\b", re.IGNORECASE)
_QUALITIES = re.compile(rf"\b{_IS}\b(?P<about>.*?)(?P<one>[\w'-]+)\s+{_AND}\s+[\w'-]+\s*[.?!]?\s*$", re.IGNORECASE)
_NO_QUALITY = frozenset(_BEFORE.split())


def asks_two_things(words: str) -> bool:
    """Whether words (English, German, French or Spanish) seem to ask two things."""
    plain = " ".join(words.split())
    if re.search(r"\band/or\b", plain, re.IGNORECASE) or len(re.findall(r"\?", plain)) > 1:
        return True
    if _AGAIN.search(plain):
        return True
    found = _QUALITIES.search(plain)
    before = found["about"].split() if found else []
    # after a preposition or an article stand things ("to men and women"), not qualities
    return found is not None and (not before or before[-1].lower() not in _NO_QUALITY)
