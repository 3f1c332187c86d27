"""Prefect flows: thin wrappers that schedule plain functions; the only package that imports prefect."""
