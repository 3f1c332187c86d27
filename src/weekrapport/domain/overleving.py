"""How long cases stay open: the Kaplan–Meier estimate, of many groups at once.

A case that is still open says that its duration is at least its age; leaving such cases out would make every group look
faster than it is. Methods: "Overleving" in docs/methods.md. Source: E.L. Kaplan and P. Meier (1958), Journal of the
American Statistical Association 53; with late entry as in J.P. Klein and M.L. Moeschberger, Survival Analysis, 4.6.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

_NIETS_OVER = -100.0
"""Logarithm that stands for "nobody is left": as a share it is 4e-44, and what happens after it can still be told."""


@dataclass(frozen=True)
class Overleving:
    """The share of each group that is still open after a time; a step function that changes at `tijden` only."""

    tijden: np.ndarray
    """The moments at which a case of any group was finished, ascending (float64)."""
    log_kansen: np.ndarray
    """Per group and moment the logarithm of S after it (float64, groups × (1 + moments)); the first column is 0."""
    afgerond: np.ndarray
    """Finished cases per group (int64)."""
    afgerond_tot: np.ndarray
    """Per group the time of the last finished case (float64; −∞ without one)."""
    gezien_tot: np.ndarray
    """Per group the last time at which any case was seen, finished or open (float64; −∞ without one)."""

    def op(self, groep: np.ndarray, tijd: np.ndarray) -> np.ndarray:
        """Return S(t), the share of the group that is open after t; carried forward beyond the last moment.

        Args:
            groep: number of the group of every row (int64, 0 up to the number of groups).
            tijd: time of every row in the unit of `tijden`; before the first moment everything is open.
        """
        return np.exp(self._log(groep, tijd))

    def tussen(self, groep: np.ndarray, open_na: np.ndarray, tot: np.ndarray) -> np.ndarray:
        """Return S(tot) / S(open_na): the chance that a case that is open after the one time is so after the other.

        1 for a case that is older than every finished one, and where `tot` lies before `open_na`.
        """
        return np.exp(np.minimum(self._log(groep, tot) - self._log(groep, open_na), 0.0))

    def _log(self, groep: np.ndarray, tijd: np.ndarray) -> np.ndarray:
        return self.log_kansen[groep, np.searchsorted(self.tijden, tijd, side="right")]


def overleving(
    duur: np.ndarray, is_afgerond: np.ndarray, groep: np.ndarray, aantal: int, intrede: np.ndarray | None = None
) -> Overleving:
    """Return S(t) = Π over tᵢ ≤ t of (1 − dᵢ/nᵢ) of every group.

    Args:
        duur: time at which a case was finished, or to which an open one has come (float64, no unknown values).
        is_afgerond: whether the case was finished at that time; if not it is censored there.
        groep: number of the group of every case (int64, 0 up to `aantal`).
        aantal: number of groups; one without finished cases has S = 1.
        intrede: time from which a case could be seen to finish (float64); None is from the beginning.
    """
    tijden = np.unique(duur[is_afgerond])
    width = len(tijden) + 2
    # Column k is moment k (1 is the first). A case is at risk from its entry up to and including its own duration.
    last = np.searchsorted(tijden, duur, side="right")
    first = np.zeros(len(duur), "int64") if intrede is None else np.searchsorted(tijden, intrede, side="left") + 1
    seen = first <= last

    def counts(columns: np.ndarray, rows: np.ndarray) -> np.ndarray:
        places = groep[rows] * width + columns[rows]
        return np.bincount(places, minlength=aantal * width).reshape(aantal, width)

    at_risk = (counts(first, seen) - counts(last + 1, seen)).cumsum(axis=1)
    ended = counts(last, seen & is_afgerond)
    share = np.divide(ended, at_risk, out=np.zeros((aantal, width)), where=at_risk > 0)
    with np.errstate(divide="ignore"):
        steps = np.maximum(np.log1p(-share), _NIETS_OVER)
    afgerond_tot, gezien_tot = np.full((2, aantal), -np.inf)
    np.maximum.at(afgerond_tot, groep[seen & is_afgerond], duur[seen & is_afgerond])
    np.maximum.at(gezien_tot, groep[seen], duur[seen])
    return Overleving(tijden, np.cumsum(steps, axis=1)[:, :-1], ended.sum(axis=1), afgerond_tot, gezien_tot)
