"""Where published engines of the ODK expression language differ: a small table of named behaviours.

Forms are always filled by JavaRosa's rules (`JAVAROSA`); whoever must get the answers of another engine names its
dialect where the world of an evaluation is made.

Sources: JavaRosa's XPathFuncExpr, XPathEqExpr, DateUtils and GeoUtils; @getodk/xpath's evaluations and functions; XML
Path Language 1.0 (W3C, 1999).
"""

from __future__ import annotations

import math
import sys
from dataclasses import dataclass, replace
from typing import Literal


@dataclass(frozen=True, eq=False, slots=True)
class Dialect:
    """The answers of one engine to the questions on which engines differ. The defaults are JavaRosa's."""

    name: str
    form: bool = True
    """Paths mean answers of a form: inside a repeat this repeat's, hidden ones are not seen, names without a prefix
    fit any namespace. Otherwise as in XPath 1.0."""
    typed: bool = True
    """A node is its typed value: a truth when that is one, and beside another value nothing when there is no node.
    Otherwise, as in XPath 1.0, any node at all is true, and comparing asks every pair of nodes."""
    closeness: float = 1e-12
    """How near two numbers must be to be equal; 0 for exactly."""
    whole_days: bool = True
    """As a number a moment is the local calendar's whole days since 1970. Otherwise days of UTC with their fraction."""
    date_texts: bool = False
    """A text that is plainly an ISO date counts as a moment where a number is wanted. Otherwise it is no number."""
    dates_alone: bool = True
    """As a text a moment is its date. Otherwise its time and offset follow, unless it is midnight."""
    stops: bool = True
    """What is no date, or no shape, stops an expression that needs one. Otherwise it is `Invalid Date`, no number,
    and no shape holds a point."""
    numerals: Literal["java", "javascript", "xpath"] = "java"
    """How numbers are written and read: as Java writes them (1.0E-4) and JavaRosa reads them (no exponent, a comma is a
    point), as JavaScript does both, or as XPath 1.0 does both (no exponent)."""
    any_case: bool = True
    """boolean-from-string() takes TRUE for true. Otherwise only true."""
    nan_text: str = "NaN"
    """What is no number, as a text."""
    nan_passes: bool = True
    """sum(), min() and max() pass over what is no number. Otherwise their result is none either."""
    least_maximum: float = 5e-324
    """max() of numbers gives no less (JavaRosa begins with Java's Double.MIN_VALUE, which is above 0)."""
    greatest_minimum: float = sys.float_info.max
    """min() of numbers gives no more (JavaRosa begins with Java's Double.MAX_VALUE)."""
    halves_up: bool = True
    """round() takes a half towards plus infinity. Otherwise away from zero."""
    whole_match: bool = True
    """regex() must match the whole text. Otherwise any part of it."""
    plane_areas: bool = True
    """area() reckons on a plane laid through the first point. Otherwise on the sphere, and as distance() to cm."""
    open_weights: bool = False
    """-1 as a bound of weighted-checklist() means none, as it does for checklist()."""


JAVAROSA = Dialect("javarosa")
"""JavaRosa, the engine of ODK Collect and of every form filled here."""
WEB_FORMS = Dialect(
    "web-forms",
    typed=False,
    closeness=0.0,
    whole_days=False,
    date_texts=True,
    dates_alone=False,
    stops=False,
    numerals="javascript",
    any_case=False,
    nan_text="",
    nan_passes=False,
    least_maximum=-math.inf,
    greatest_minimum=math.inf,
    halves_up=False,
    whole_match=False,
    plane_areas=False,
    open_weights=True,
)
"""ODK Web Forms, the engine of forms filled in a browser."""
XPATH = replace(WEB_FORMS, name="xpath", form=False, date_texts=False, numerals="xpath", nan_text="NaN", halves_up=True)
"""Plain XPath 1.0."""
DIALECTS = {each.name: each for each in (JAVAROSA, WEB_FORMS, XPATH)}
"""Every dialect by name."""
