"""How a sample is shared out among strata.

Sources: proportional, and Neyman 1934 (n_h in proportion to N_h S_h). Whole numbers by largest remainders, equal ones
by name, so that the same input gives the same plan.
"""

from __future__ import annotations

from collections.abc import Mapping

from gemba.methods.checking import enough, within


def proportional(populations: Mapping[str, int], n: int, minimum: int = 3) -> dict[str, int]:
    """Sizes in proportion to the strata, with at least `minimum` in each (or all of a smaller stratum).

    The whole may grow above n when the minimum asks for it, and never passes the populations.

    Raises:
        Refusal: `methods.too_few` without strata, `methods.outside` for negative numbers or n above the population.
    """
    _check(populations, n)
    whole = sum(populations.values())
    return _filled(populations, {name: n * size / whole for name, size in populations.items()}, n, minimum)


def neyman_shares(populations: Mapping[str, int], spreads: Mapping[str, float], n: int) -> dict[str, float]:
    """Neyman's sizes before rounding: n N_h S_h / sum of all; proportional when no stratum spreads at all."""
    products = {name: size * spreads[name] for name, size in populations.items()}
    whole = sum(products.values())
    if whole <= 0:
        products, whole = {name: float(size) for name, size in populations.items()}, sum(populations.values())
    return {name: n * product / whole for name, product in products.items()}


def neyman(populations: Mapping[str, int], spreads: Mapping[str, float], n: int, minimum: int = 3) -> dict[str, int]:
    """Sizes that make the estimate as precise as n allows: more where answers differ more.

    Args:
        populations: items in each stratum.
        spreads: standard deviation in each stratum, from earlier samples.
        n: items in all.
        minimum: least of each stratum.
    """
    _check(populations, n)
    for spread in spreads.values():
        within("spread", spread, 0)
    return _filled(populations, neyman_shares(populations, spreads, n), n, minimum)


def _check(populations: Mapping[str, int], n: int) -> None:
    enough(populations, 1)
    for size in populations.values():
        within("population", size, 0)
    within("n", n, 1, sum(populations.values()))


def _filled(populations: Mapping[str, int], wanted: Mapping[str, float], n: int, minimum: int) -> dict[str, int]:
    """Rounded down within bounds, then one more each where the most is missing until n is reached."""
    least = {name: min(minimum, size) for name, size in populations.items()}
    found = {name: min(size, max(least[name], int(wanted[name] + 1e-9))) for name, size in populations.items()}
    while sum(found.values()) > n:
        over = [name for name in found if found[name] > least[name]]
        if not over:
            break
        found[max(over, key=lambda name: (found[name] - wanted[name], name))] -= 1
    while sum(found.values()) < n:
        free = [name for name in found if found[name] < populations[name]]
        found[min(free, key=lambda name: (found[name] - wanted[name], name))] += 1
    return found
