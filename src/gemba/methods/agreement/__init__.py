"""How far people who judge the same things agree, beyond what chance would give."""
