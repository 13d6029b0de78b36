"""Beside the questions: evidence, note and findings of the current question, and the conclusion of the whole."""
