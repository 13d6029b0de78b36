"""What one answers with: one editor for each sort of question."""
