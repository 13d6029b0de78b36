"""Insights: numbers over time, what signals, and what is done about it."""
