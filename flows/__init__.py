"""Prefect only: thin flows over the plain functions of `weekrapport.weekly`."""
