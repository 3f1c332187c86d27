"""From figures to a report: Dutch notation, blocks for notebooks, charts, and the PDF."""
