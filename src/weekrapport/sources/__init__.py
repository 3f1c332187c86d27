"""From raw export to typed table: reading, quarantine, and the snapshot store.

Import the modules by name. A file goes through `encoding` (bytes to text), `csv_file` (text to cells), `typed` or
`event_log` (cells to the tables of `weekrapport.domain.schema`), and `inbox` does that for every source of a
workspace. `snapshot` keeps the result, unchangeable, per week. Nothing is dropped in silence: a row that cannot be
read stands in the quarantine with its reason, an unmapped header and a fallback stand in the notices, and a file that
cannot be read is a `SourceError` of its own source.
"""
