"""Pure pandas: terms, figures and rules. No files, no clock, no settings."""
