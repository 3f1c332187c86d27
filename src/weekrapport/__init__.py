"""Weekly Dutch management reports from case-system and bookkeeping exports."""

__version__ = "0.1.0"
