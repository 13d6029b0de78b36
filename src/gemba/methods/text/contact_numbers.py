"""E-mail addresses and phone numbers in a text.

A phone number is told from an order number by its form: it begins with `+`, with 00 and a country, or with the 0 of a
national number; or it is grouped as North American numbers are; or the words before it say so. Where the words before
it speak of an order, an invoice or a ticket, only a `+` convinces. Lengths: E.164, 7 to 15 digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gemba.methods.text.spans import Sort, Span

_EMAIL = re.compile(
    r"(?<![\w.+%-])[\w][\w.+%'-]{0,63}(?:@| ?[(\[{] ?at ?[)\]}] ?)"
    r"(?:\w(?:[\w-]{0,61}\w)?(?:\.| ?[(\[{] ?dot ?[)\]}] ?)){1,6}[^\W\d_]{2,24}(?!\w)",
    re.IGNORECASE,
)
_SPOKEN_EMAIL = re.compile(
    r"(?<!\w)[a-z0-9._+-]{2,64} at (?:[a-z0-9-]{2,63} dot ){1,3}(?:com|org|net|info|edu|gov|io|[a-z]{2})(?!\w)",
    re.IGNORECASE,
)
_GAP = r"[ ./\-]{0,3}"
_PLUS = re.compile(r"(?<!\w)\+ ?[1-9](?:[ .\-/()]{0,3}\d){6,14}(?!\w)")
_DOUBLE_ZERO = re.compile(rf"(?<![\w.,/-])(?<!\d )00 ?[1-9](?:{_GAP}(?:\(0\){_GAP})?\d){{7,13}}(?![\w]|[.,]\d)")
_NATIONAL = re.compile(
    rf"(?<![\w.,/+-])(?<!\d )(?:\(0\d{{1,4}}\)|0[1-9]\d{{0,4}}){_GAP}\d(?:{_GAP}\d){{4,10}}(?![\w]|[.,:]\d)"
)
_AMERICAN = re.compile(
    r"(?<![\w.,/+-])(?<!\d )(?:1[-. ])?(?:\([2-9]\d\d\) ?|[2-9]\d\d[-. ])[2-9]\d\d[-. ]\d{4}"
    r"(?:,? ?(?:x|ext\.?) ?\d{1,5})?(?![\w-])",
    re.IGNORECASE,
)
_FRENCH_OR_SO = re.compile(r"(?<![\w.,/+-])0[1-9](?:[ .\-]\d\d){4}(?!\w)")
_CUE = re.compile(
    r"(?:phone|tele[fp]h?one?n?|tel\.?|mobile?|cell|handy|mobil|m[óo]vil|portable|whats ?app|sms|call(?: me)?(?: back)?"
    r"|ring(?: me)?|reach(?: me)?|rappelez|ll[áa]m\w*|cellulare|numer telefonu|fax|هاتف|جوال|טלפון)"
    r"[^\d\n.!?;]{0,24}$",
    re.IGNORECASE,
)
_AFTER_CUE = re.compile(rf"(?<![\w.,+-])\(?\d(?:[)(]?{_GAP}[(]?\d){{5,14}}(?![\w]|[.,:]\d)")
_ORDER = re.compile(
    r"(?:order|invoice|ref(?:erence)?|ticket|booking|tracking|case|complaint|customer|client|parcel|shipment|article|item|serial"
    r"|contract|policy|receipt|transaction|account|bestell\w*|auftrags?\w*|rechnungs?\w*|kunden\w*|sendungs?\w*"
    r"|vorgangs?\w*|artikel\w*|commande|facture|dossier|pedido|factura|ordine|fattura|ean|isbn|sku|imei)"
    r"(?:[\s:#]*(?:is|was|no|nr|num|number|nummer|num[ée]ro|n[úu]mero|id|code|der|mit))*[\s.:#\-()№°]{0,4}$",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?:\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d\d)|\d{4}[./-]\d{1,2}[./-]\d{1,2})(?=\s|$)|\d{1,2}[/-]\d{4}$"
)


def emails(text: str) -> Iterator[Span]:
    """E-mail addresses, also those written with (at) or spelled out."""
    for form in (_EMAIL, _SPOKEN_EMAIL):
        for match in form.finditer(text):
            yield Span(match.start(), match.end(), Sort.EMAIL)


def phones(text: str) -> Iterator[Span]:
    """Phone numbers; `text` is plain (`gemba.methods.text.spans.plain`)."""
    for match in _PLUS.finditer(text):
        yield Span(match.start(), match.end(), Sort.PHONE)
    for form in (_DOUBLE_ZERO, _FRENCH_OR_SO, _AMERICAN, _NATIONAL):
        for match in form.finditer(text):
            if _is_phone(match[0], text[max(0, match.start() - 40) : match.start()]):
                yield Span(match.start(), match.end(), Sort.PHONE)
    for match in _AFTER_CUE.finditer(text):
        before = text[max(0, match.start() - 48) : match.start()]
        if _CUE.search(before) and _is_phone(match[0], before):
            yield Span(match.start(), match.end(), Sort.PHONE)


def _is_phone(number: str, before: str) -> bool:
    digits = sum(sign.isdigit() for sign in number)
    return 7 <= digits <= 16 and not _DATE.match(number) and not _ORDER.search(before) and len(set(number)) > 2
