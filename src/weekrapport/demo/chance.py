"""The sources of chance of the demonstration: one numpy generator per table and aspect.

Each is spawned from the seed by its place in `STREAMS`, so a new stream at the end changes none of the others.
"""

from __future__ import annotations

import numpy as np

STREAMS = (
    "instroom", "doorlooptijd", "opschorting", "verlenging", "heropening", "deelzaak", "zaak", "zaak_tekst",
    "zaak_status", "zaak_document", "contactmoment", "gebreken",
    "inkoop", "factuur", "factuur_document", "factuur_ontbreekt", "boeking", "verplichting", "omzet", "boekgebreken",
    "capaciteit",
)  # fmt: skip


def generators(seed: int) -> dict[str, np.random.Generator]:
    """Return a generator per stream."""
    children = np.random.SeedSequence(seed).spawn(len(STREAMS))
    return {name: np.random.default_rng(child) for name, child in zip(STREAMS, children, strict=True)}


def draw_rows(rng: np.random.Generator, weights: np.ndarray, count: int) -> np.ndarray:
    """Return `count` different row numbers, drawn in proportion to `weights`; rows of weight 0 never.

    Fewer when fewer rows have a weight; in rising order.
    """
    with np.errstate(divide="ignore"):
        keys = np.log(weights) + rng.gumbel(size=len(weights))
    count = min(count, int((weights > 0).sum()))
    return np.sort(np.argsort(-keys, kind="stable")[:count])


def draw_index(rng: np.random.Generator, shares: np.ndarray) -> np.ndarray:
    """Return for every row of `shares` (rows × choices) one choice, in proportion to its shares."""
    totals = np.cumsum(shares, axis=1)
    return (rng.random(len(shares))[:, None] * totals[:, -1:] >= totals).sum(axis=1)
