"""Numbers that states give to people, by shape and check digit, and passports where the words before say so.

A shape without a check digit, or with one that every tenth number has, counts only after a word that speaks of it.
Sources: the issuing offices' published rules (Germany: ISO 7064 mod 11,10; France: 97; Spain: 23 letters; Italy: the
decree of 1976; Poland, Sweden, Belgium, Brazil, China, Switzerland: weighted sums; India: Verhoeff).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

from gemba.methods.text.account_numbers import luhn
from gemba.methods.text.spans import Sort, Span

Check = Callable[[str], bool]
_VERHOEFF_MIX = (
    *("0123456789", "1576283094", "5803796142", "8916043527"),
    *("9453126870", "4286573901", "2793806415", "7046913258"),
)
_ODD = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23)


def weighed(digits: str, weights: tuple[int, ...]) -> int:
    """The sum of each digit times its weight."""
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))


def _german(digits: str) -> bool:
    counts = sorted(digits[:10].count(digit) for digit in set(digits[:10]))
    if digits[0] == "0" or counts[-1] not in {2, 3} or counts.count(1) < 7:
        return False
    product = 10
    for digit in digits[:10]:
        product = ((int(digit) + product) % 10 or 10) * 2 % 11
    return (11 - product) % 10 == int(digits[10])


def _french(signs: str) -> bool:
    number = signs.upper().replace("2A", "19", 1).replace("2B", "18", 1)
    return number.isdigit() and 97 - int(number[:13]) % 97 == int(number[13:])


def _spanish(signs: str) -> bool:
    number = signs[:-1].upper().translate(str.maketrans("XYZ", "012"))
    return "TRWAGMYFPDXBNJZSQVHLCKE"[int(number) % 23] == signs[-1].upper()


def _italian(signs: str) -> bool:
    values = [int(sign) if sign.isdigit() else ord(sign) - ord("A") for sign in signs.upper()]
    total = sum(_ODD[value] if at % 2 == 0 else value for at, value in enumerate(values[:15]))
    return total % 26 == values[15]


def _polish(digits: str) -> bool:
    month = int(digits[2:4])
    good = _is_date(2000, month % 20, int(digits[4:6]))
    return good and weighed(digits, (1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)) % 10 == 0


def _belgian(digits: str) -> bool:
    left = int(digits[9:])
    return left in {97 - int(digits[:9]) % 97, 97 - int("2" + digits[:9]) % 97}


def _brazilian(digits: str) -> bool:
    first = weighed(digits, tuple(range(10, 1, -1))) * 10 % 11 % 10
    second = weighed(digits, tuple(range(11, 1, -1))) * 10 % 11 % 10
    return len(set(digits)) > 1 and digits[9:] == f"{first}{second}"


def _chinese(signs: str) -> bool:
    left = weighed(signs[:17], (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)) % 11
    return _is_date(int(signs[6:10]), int(signs[10:12]), int(signs[12:14])) and "10X98765432"[left] == signs[17].upper()


def _swiss(digits: str) -> bool:
    return weighed(digits, (1, 3) * 6 + (1,)) % 10 == 0


def _swedish(digits: str) -> bool:
    return _is_date(2000, int(digits[-8:-6]), (int(digits[-6:-4]) - 1) % 60 + 1) and luhn(digits[-10:])


def _finnish(signs: str) -> bool:
    number = int(signs[:6] + signs[7:10])
    return _day_first(signs) and "0123456789ABCDEFHJKLMNPRSTUVWXY"[number % 31] == signs[-1].upper()


def _indian(digits: str) -> bool:
    state = 0
    for at, digit in enumerate(reversed(digits)):
        state = _turned(state, int(_VERHOEFF_MIX[at % 8][int(digit)]))
    return state == 0


def _turned(first: int, second: int) -> int:
    """The product of two in the group of a pentagon's turns and flips."""
    if first < 5:
        return (first + second) % 5 if second < 5 else (first + second - 5) % 5 + 5
    return (first - 5 - second) % 5 + 5 if second < 5 else (first - second) % 5


def _dutch(digits: str) -> bool:
    return weighed(digits, (9, 8, 7, 6, 5, 4, 3, 2, -1)) % 11 == 0


def _british_health(digits: str) -> bool:
    return weighed(digits, (10, 9, 8, 7, 6, 5, 4, 3, 2, 1)) % 11 == 0


def _american(digits: str) -> bool:
    return digits[:3] not in {"000", "666"} and digits[0] != "9" and digits[3:5] != "00" and digits[5:] != "0000"


def _day_first(digits: str) -> bool:
    return _is_date(2000, int(digits[2:4]), int(digits[:2]))


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


_SHAPES: tuple[tuple[str, str, Check | None], ...] = (
    ("", r"\d{3}-\d\d-\d{4}", _american),
    (r"ssn|social security", r"\d{3} ?\d\d ?\d{4}", _american),
    ("", r"(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d\d ?\d\d ?\d\d ?[A-D]", None),
    (r"nhs", r"\d{3} ?-?\d{3} ?-?\d{4}", _british_health),
    ("", r"\d\d \d{3} \d{3} \d{3}", _german),
    (r"steuer|tax|idnr|tin\b|identifikationsnummer", r"\d{11}", _german),
    ("", r"[12] ?\d\d ?(?:0[1-9]|1[0-2]|[2-9]\d) ?(?:\d\d|2[AB]) ?\d{3} ?\d{3} ?\d\d", _french),
    ("", r"\d{8}-?[A-HJ-NP-TV-Z]", _spanish),
    ("", r"[XYZ]-?\d{7}-?[A-HJ-NP-TV-Z]", _spanish),
    ("", r"[A-Z]{6}\d\d[A-EHLMPRST]\d\d[A-Z]\d{3}[A-Z]", _italian),
    (r"pesel|id|identity", r"\d{11}", _polish),
    ("", r"\d\d\.\d\d\.\d\d-\d{3}[.-]\d\d", _belgian),
    ("", r"\d{3}\.\d{3}\.\d{3}-\d\d", _brazilian),
    (r"cpf", r"\d{11}", _brazilian),
    ("", r"[1-9]\d{5}(?:19|20)\d{9}[\dX]", _chinese),
    ("", r"756\.?\d{4}\.?\d{4}\.?\d\d", _swiss),
    ("", r"(?:19|20)?\d{6}[-+]\d{4}", _swedish),
    (r"cpr|personnummer|id", r"\d{6}-\d{4}", _day_first),
    ("", r"\d{6}[-+A]\d{3}[0-9A-FHJ-NPR-Y]", _finnish),
    ("", r"[2-9]\d{3} \d{4} \d{4}", _indian),
    (r"aadhaar|aadhar", r"[2-9]\d{11}", _indian),
    (r"\bpan\b", r"[A-Z]{3}[ABCFGHJLPT][A-Z]\d{4}[A-Z]", None),
    (r"bsn|burgerservice", r"\d{9}", _dutch),
    (
        (
            r"passport|reisepass|passeport|pasaporte|passaporto|paspoort|personalausweis|ausweis|id card"
            r"|driving licen[cs]e|driver'?s licen[cs]e|f[üu]hrerschein|permis"
        ),
        r"(?=[A-Z]{0,9}\d)[A-Z0-9]{6,18}",
        None,
    ),
)
_AFTER = r"(?: ?(?:no|nr|num)\.)?[^\d\n.!?;]{0,24}$"
_FORMS = tuple(
    (
        re.compile(rf"(?:{cue}){_AFTER}", re.IGNORECASE) if cue else None,
        re.compile(rf"(?<![\w.+-])(?:{shape})(?![\w]|-\d)", re.IGNORECASE),
        check,
    )
    for cue, shape, check in _SHAPES
)


def identities(text: str) -> Iterator[Span]:
    """Numbers that states gave to people; `text` is plain."""
    for cue, form, check in _FORMS:
        for match in form.finditer(text):
            if cue is not None and not cue.search(text[max(0, match.start() - 48) : match.start()]):
                continue
            if check is None or check(re.sub(r"[ .\-+]", "", match[0]) if check is not _finnish else match[0]):
                yield Span(match.start(), match.end(), Sort.ID)
