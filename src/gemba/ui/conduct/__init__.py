"""The conduct page: a checklist is walked through, answered, judged and concluded."""
