"""How a pack travels: bytes from one place to another, verified after writing."""
