"""The few parts that every page is made of."""
