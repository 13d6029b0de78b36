"""What a person says a complaint is tagged with, as a code of the vocabulary in force."""

from __future__ import annotations

from difflib import get_close_matches

from gemba.domain.vocabularies import Facet
from gemba.errors import Refusal
from gemba.store import vocabularies
from gemba.store.reading import Reader


def code_of(reader: Reader, facet: Facet, said: str) -> str:
    """The code that a code or title stands for; what is said itself while the facet has no vocabulary.

    Args:
        reader: of the store.
        facet: that is tagged.
        said: a code or title, whatever its case; empty takes the tag away.

    Raises:
        Refusal: the vocabulary has no such code.
    """
    wanted = said.strip()
    words = vocabularies.current(reader, facet) if wanted else None
    if words is None or wanted in words.terms:
        return wanted
    known = {code.casefold(): code for code in words.terms}
    known |= {title.casefold(): code for code, title in words.terms.items()}
    found = known.get(wanted.casefold())
    if found is not None:
        return found
    older = vocabularies.crosswalk(reader, facet).get(wanted)
    if older in words.terms:
        return older
    near = get_close_matches(wanted.casefold(), list(known), n=3, cutoff=0.5)
    some = [f"{known[one]} ({words.terms[known[one]]})" for one in near] or list(words.terms)[:6]
    raise Refusal("work.unknown_code", facet=facet.value, said=wanted, known=", ".join(some))
