"""Executed notebook to PDF: markdown and blocks become Typst source of string literals, compiled in a child process."""
