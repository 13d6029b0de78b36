"""Postal addresses, lightly, and dates of birth after a word that says so.

A street with a house number in the ways of English, German, Dutch, French, Spanish, Italian and Portuguese, the code
and town that follow it, British postcodes and post boxes. A place that is only named is not found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gemba.methods.text.spans import Sort, Span

_WORD = r"[A-ZÀ-ÖØ-Þ][\w'’.-]{0,30}"
_UK_CODE = r"[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}"
_TOWN = rf"{_WORD}(?: {_WORD}){{0,2}}"
_REST = (
    rf"(?:,? ?(?:(?:apartment|apt\.?|flat|suite|unit) ?#?\w{{1,5}}))?"
    rf"(?:,? ?(?:[A-Z]{{1,2}}-)?\d{{4,5}} {_TOWN}|,? ?{_TOWN},? (?:[A-Z]{{2}} \d{{5}}(?:-\d{{4}})?|{_UK_CODE}))?"
)
_ENGLISH = (
    rf"\d{{1,5}}[A-Za-z]?,? (?:{_WORD} ){{1,4}}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Close|Court|Ct|Way|Square"
    rf"|Sq|Boulevard|Blvd|Place|Terrace|Crescent|Gardens|Parkway|Pkwy|Row|Mews|Hill|Grove)\b\.?{_REST}"
)
_GERMAN = (
    rf"(?:{_WORD}(?:straße|strasse|str\.|weg|platz|allee|gasse|ring|ufer|damm|straat|laan|gracht|plein|kade|gatan|vägen)"
    rf"|(?:{_WORD} )?(?:Straße|Strasse|Str\.|Weg|Platz|Allee|Gasse|Ring|Ufer|Damm)) \d{{1,4}} ?[a-zA-Z]?(?!\w){_REST}"
)
_FRENCH = (
    rf"\d{{1,4}}(?: ?(?:bis|ter))?,? (?:[Rr]ue|[Aa]venue|[Bb]oulevard|[Bb]d|[Pp]lace|[Cc]hemin|[Aa]llée|[Ii]mpasse"
    rf"|[Qq]uai)(?: (?:de|du|des|la|le|les|l['’]|d['’]))*(?: ?{_WORD}){{1,4}}{_REST}"
)
_SOUTHERN = (
    rf"(?:Calle|Avenida|Avda\.?|Plaza|Paseo|Via|Viale|Piazza|Corso|Rua|Travessa|C/)"
    rf"(?: (?:de|del|della|la|las|los|do|da|dos))*(?: ?{_WORD}){{1,4}},? (?:n\.?[ºo°]? ?)?\d{{1,4}}(?!\d){_REST}"
)
_BOX = r"(?:P\.? ?O\.? ?Box|Postfach|Apartado|Postbus|Casella postale) \d[\d ]{0,8}\d"
_STREETS = re.compile(rf"(?<!\w)(?:{_ENGLISH}|{_GERMAN}|{_FRENCH}|{_SOUTHERN}|{_BOX}|{_UK_CODE}(?!\w))")
_MONTH = (
    r"(?:jan|feb|mar|mär|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz]|fév|fev|avr|juin|juil|aoû|ene|abr|ago|dic|gen|mag"
    r"|giu|lug|set|ott)[^\W\d]{0,8}\.?"
)
_DAY = (
    rf"(?:\d{{1,2}}[./ -]{{1,2}}\d{{1,2}}[./ -]{{1,2}}(?:\d{{4}}|\d\d)|\d{{4}}[./-]\d{{1,2}}[./-]\d{{1,2}}"
    rf"|\d{{1,2}}(?:st|nd|rd|th|\.|er)?(?: of| de)? {_MONTH},?(?: de| del)? \d{{2,4}}"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}})"
)
_BORN = re.compile(
    r"(?<!\w)(?:born|date of birth|birth ?date|birthday|d\.?o\.?b\.?|geboren|geb\.|geburtsdatum|geburtstag|née?"
    r"|date de naissance|nacid[oa]|fecha de nacimiento|nat[oa]|data di nascita|nascid[oa]|data de nascimento"
    rf"|geboortedatum|født|född|urodzon[ya]|تاريخ الميلاد|תאריך לידה)[^\d\n.!?;]{{0,16}}?(?<!\d)(?P<day>{_DAY})(?!\d)",
    re.IGNORECASE,
)


def addresses(text: str) -> Iterator[Span]:
    """Streets with a house number and what follows them; `text` is plain."""
    for match in _STREETS.finditer(text):
        yield Span(match.start(), match.start() + len(match[0].rstrip(" ,.")), Sort.ADDRESS)


def births(text: str) -> Iterator[Span]:
    """Dates of birth, without the words that say so; `text` is plain."""
    for match in _BORN.finditer(text):
        yield Span(match.start("day"), match.end("day"), Sort.BIRTH)
