"""Walks as standard work: routes, the plan of the next walks, and the weeks that were kept."""
