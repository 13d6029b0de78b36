"""Before and after, with and without: comparisons that are as fair as the data allow, and say what they dropped."""
