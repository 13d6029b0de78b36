"""What differs between kinds of assessment: one declarative file each."""

from gemba.kinds.checklist import CHECKLIST
from gemba.kinds.registry import ALL, by_code, grade_shown

__all__ = ["ALL", "CHECKLIST", "by_code", "grade_shown"]
