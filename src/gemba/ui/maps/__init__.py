"""Maps: the way of the work with the pains of customers, what nobody looked at, and what is to be gone to and seen."""
