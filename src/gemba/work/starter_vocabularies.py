"""Vocabularies of a service to begin with, offered where a facet has none: a steward takes one and makes it fit."""

from __future__ import annotations

from gemba.domain.vocabularies import Facet
from gemba.store.code_use import in_use
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work.vocabularies import Words, is_code


def starter(facet: Facet) -> Words | None:
    """The words to begin with; `None` for facets that differ from house to house (products, segments)."""
    made = {Facet.STEP: _steps, Facet.CHANNEL: _channels, Facet.CAUSE: _causes}.get(facet)
    return None if made is None else made()


def to_begin_with(reader: Reader, facet: Facet) -> Words | None:
    """The words of a service, or where there are none the codes that complaints carry already; `None` for neither."""
    words = starter(facet)
    if words is not None:
        return words
    terms = {code: code for code in in_use(reader, facet) if is_code(code)}
    return Words(terms=terms) if terms else None


def _steps() -> Words:
    return Words(
        terms={
            "inform": text("Inform and advertise"),
            "advise": text("Advise and sell"),
            "apply": text("Apply or order"),
            "check": text("Check and decide"),
            "contract": text("Make the contract"),
            "set_up": text("Set up or hand over"),
            "use": text("Use day by day"),
            "pay": text("Charge and pay"),
            "change": text("Change what was agreed"),
            "help": text("Help and repair"),
            "end": text("End and settle"),
        }
    )


def _channels() -> Words:
    return Words(
        terms={
            "branch": text("Branch or counter"),
            "phone": text("Telephone"),
            "mail": text("E-mail"),
            "letter": text("Letter"),
            "web": text("Web form"),
            "app": text("App"),
            "chat": text("Chat"),
            "social": text("Social media"),
            "visit": text("Visit by our people"),
            "partner": text("Partner or agent"),
            "authority": text("Authority or ombudsman"),
        }
    )


_BY_DOMAIN = {
    "process": ("step_missing", "hand_off", "delay", "rework", "not_followed", "capacity"),
    "policy": ("rule_unclear", "rule_unfair", "rule_contradicts", "fee", "promise"),
    "people": ("knowledge", "attitude", "staffing", "authority_lacking"),
    "technology": ("outage", "system_error", "system_design", "data_wrong", "system_gap"),
}


def _causes() -> Words:
    titles = {
        "step_missing": text("A step is missing"),
        "hand_off": text("Lost at a hand-off"),
        "delay": text("Waits too long between steps"),
        "rework": text("Done twice or done over"),
        "not_followed": text("The standard cannot be or is not followed"),
        "capacity": text("Too little capacity"),
        "rule_unclear": text("The rule is unclear"),
        "rule_unfair": text("The rule is unfair in such cases"),
        "rule_contradicts": text("Rules contradict one another"),
        "fee": text("Fee or price that surprises"),
        "promise": text("Something else was promised"),
        "knowledge": text("Knowledge or training is lacking"),
        "attitude": text("Not heard or not treated with respect"),
        "staffing": text("Nobody was there"),
        "authority_lacking": text("Nobody was allowed to decide"),
        "outage": text("The system was down"),
        "system_error": text("The system does it wrong"),
        "system_design": text("The system is hard to use"),
        "data_wrong": text("Data are wrong or missing"),
        "system_gap": text("Systems do not talk to each other"),
    }
    domains = {code: domain for domain, codes in _BY_DOMAIN.items() for code in codes}
    return Words(terms={code: titles[code] for code in domains}, domains=domains)
