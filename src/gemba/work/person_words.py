"""Whether an answer to "why?" ends on a person: the words in which errors are put down to somebody.

A chain of whys that ends so has found who, not what: anybody else in the same place may do the same tomorrow.
"""

from __future__ import annotations

import re

_WHO = (
    r"(?:staff|employee|agent|operator|clerk|cashier|teller|driver|worker|colleague|adviser|advisor|technician|manager"
    r"|supervisor|he|she|they|somebody|someone|the person"
    r"|mitarbeiter(?:in)?|kollegin|kollege|fahrer(?:in)?|verkäufer(?:in)?|er|sie|jemand"
    r"|employée?|agente?|collègue|vendeu(?:r|se)|conducteur|il|elle|quelqu['’]un"
    r"|emplead[oa]|compañer[oa]|operari[oa]|conductora?|alguien)"
)
_DID = (
    r"(?:forgot|made an? (?:mistake|error|slip)|was (?:careless|negligent|inattentive|distracted|lazy)"
    r"|failed to|neglected|overlooked|mis(?:read|typed|heard|judged)"
    r"|did(?: not|n['’]t) (?:pay attention|check|follow|listen|care|bother)"
    r"|(?:hat|haben) .{0,40}(?:vergessen|übersehen|nicht aufgepasst)|war (?:unachtsam|unaufmerksam|nachlässig)"
    r"|a (?:oublié|commis une erreur|négligé)|(?:s'est|se sont) tromp|n'a pas (?:vérifié|fait attention)"
    r"|(?:se )?olvidó|se equivocó|no (?:revisó|prestó atención)|cometió un error)"
)
_NAMED = re.compile(
    r"(?<!\w)(?:human error|operator error|user error|individual error|personal (?:mistake|failure)|carelessness"
    r"|lack of (?:attention|care|diligence|motivation)|inattention|negligence|forgetfulness"
    r"|menschliches versagen|individueller fehler|unachtsamkeit|nachlässigkeit|mangelnde sorgfalt"
    r"|erreur humaine|faute d['’]inattention|négligence|manque d['’]attention"
    r"|error humano|descuido|negligencia|falta de atención"
    r"|خطأ بشري|خطأ فردي|إهمال|عدم انتباه|قلة انتباه|نسي الموظف|أخطأ الموظف)(?!\w)",
    re.IGNORECASE,
)
_BY_SOMEBODY = re.compile(rf"(?<!\w){_WHO}\b[^.;]{{0,40}}?(?<!\w){_DID}", re.IGNORECASE)


def ends_on_person(why: str) -> bool:
    """Whether the words put it down to a person's error.

    Seen in English, French, German, Spanish and Arabic; where it is not seen, the person who writes can say so.
    """
    return bool(_NAMED.search(why) or _BY_SOMEBODY.search(why))
