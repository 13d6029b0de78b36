"""How functions are declared: by name, with the number of arguments they take."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

MANY: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Function:
    """One function of the library.

    `call` gets the context and then the values of the arguments; when `lazy`, it gets compiled arguments instead and
    evaluates only those it needs; when `raw`, it is called once with the arguments' syntax and gives a compiled one.
    """

    name: str
    low: int
    high: int
    call: Callable[..., Any]
    lazy: bool = False
    raw: bool = False
    steady: bool = True
    """False when the answer may change though nothing it reads has (clock, chance)."""

    def fits(self, count: int) -> bool:
        """Whether it can be called with `count` arguments."""
        return self.low <= count <= self.high

    def wants(self) -> str:
        """How many arguments it takes, in words."""
        if self.high == MANY:
            return f"at least {self.low}"
        return str(self.low) if self.low == self.high else f"{self.low} to {self.high}"


class Shelf:
    """The functions of one subject, collected by decoration."""

    def __init__(self) -> None:
        self._functions: list[Function] = []

    def add(self, *names: str, low: int, high: int | None = None, **traits: bool) -> Callable[[Any], Any]:
        """Declare a function under one or more names."""

        def keep(call: Any) -> Any:
            for name in names:
                self._functions.append(Function(name, low, low if high is None else high, call, **traits))
            return call

        return keep

    def all(self) -> list[Function]:
        """Every function declared so far."""
        return list(self._functions)
