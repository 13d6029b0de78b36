"""Samples that anyone can draw again, how large they must be, and what they tell."""
