"""The weekly run as plain functions: what Prefect schedules, and what runs without it."""
