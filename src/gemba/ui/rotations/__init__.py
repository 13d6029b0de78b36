"""Leaders in frontline roles, and what they promised there."""
