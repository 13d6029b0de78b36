"""What a place cannot settle by itself."""
