"""What belongs to a Gemba walk beside its checklist: the stops of its route, and what was seen and heard there."""
