"""The gate: runs Great Expectations suites before anything is rendered, and keeps the evidence."""
