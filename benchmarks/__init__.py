"""How long a weekly run and its parts take, beside the plain-Python floor of the same reports."""
