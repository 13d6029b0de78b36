"""Card numbers (ISO/IEC 7812, Luhn) and bank accounts (IBAN, ISO 13616, remainder 97) in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gemba.methods.text.spans import Sort, Span

_CARD = re.compile(r"(?<![\w+])\d(?:[ -]?\d){11,18}(?!\w)")
_NETWORKS = re.compile(
    r"4(?:\d{12}|\d{15}|\d{18})|(?:5[1-5]\d\d|222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720)\d{12}|3[47]\d{13}"
    r"|(?:6011|64[4-9]\d|65\d\d)\d{12}|35(?:2[89]|[3-8]\d)\d{12}|3(?:0[0-5]|[68]\d)\d{11}|62\d{14,17}"
    r"|(?:50|5[6-8]|6[37])\d{10,17}"
)
"""Visa, Mastercard, American Express, Discover, JCB, Diners, UnionPay, Maestro: first digits and lengths."""
_IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d\d(?:[ -]?[A-Z0-9]){11,30}", re.IGNORECASE)
_LENGTHS = {
    country: length
    for length, countries in {
        15: "NO", 16: "BE", 18: "DK FI FO GL NL SD", 19: "MK SI", 20: "AT BA EE KZ LT LU XK", 21: "CH HR LI LV",
        22: "BG BH CR DE GB GE IE ME RS VA", 23: "AE GI IL IQ OM SO TL", 24: "AD CZ ES MD PK RO SA SE SK TN VG",
        25: "LY PT ST", 26: "IS TR", 27: "BI DJ FR GR IT MC MR SM", 28: "AL AZ BY CY DO GT HU LB NI PL SV",
        29: "BR EG PS QA UA", 30: "JO KW MU YE", 31: "MT SC", 32: "LC", 33: "RU",
    }.items()
    for country in countries.split()
}  # fmt: skip
"""Characters of an IBAN by country (registry of SWIFT)."""


def cards(text: str) -> Iterator[Span]:
    """Numbers of payment cards; `text` is plain."""
    for match in _CARD.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        if _NETWORKS.fullmatch(digits) and luhn(digits):
            yield Span(match.start(), match.end(), Sort.CARD)


def accounts(text: str) -> Iterator[Span]:
    """IBANs, with or without groups; what follows one without a stop does not hide it."""
    for match in _IBAN.finditer(text):
        length = _LENGTHS.get(match[0][:2].upper(), 0)
        ends = [at for at in range(1, len(match[0]) + 1) if _count(match[0][:at]) == length]
        if ends and is_iban(match[0][: ends[0]]) and not text[match.start() + ends[0] :][:1].isalnum():
            yield Span(match.start(), match.start() + ends[0], Sort.ACCOUNT)


def luhn(digits: str) -> bool:
    """Whether the last of these digits is the check digit of Luhn (ISO/IEC 7812-1, annex B)."""
    doubled = [int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(digits))]
    return len(set(digits)) > 1 and sum(value - 9 * (value > 9) for value in doubled) % 10 == 0


def is_iban(written: str) -> bool:
    """Whether this is an IBAN of a known country: its length and its check digits are right."""
    signs = re.sub(r"[ -]", "", written).upper()
    if len(signs) != _LENGTHS.get(signs[:2]) or not signs.isascii() or not signs.isalnum():
        return False
    return int("".join(str(int(sign, 36)) for sign in signs[4:] + signs[:4])) % 97 == 1


def _count(written: str) -> int:
    return sum(sign.isalnum() for sign in written)
