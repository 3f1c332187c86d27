"""How long a run takes, beside the plain-Python floor of the same report."""
