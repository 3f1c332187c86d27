"""Numbers of fictional organisations that pass every check on numbers: bank accounts, VAT numbers, trade register."""

from __future__ import annotations

from itertools import islice

BANKCODES = ("MOZB", "ZKBV")
"""No bank has these codes, so no account of this kind exists."""
_FIRST_FISCAL = 999_900_000
"""Fiscal numbers from here on are fictional; of every eleven one passes the check."""


def iban(bank: str, account: int) -> str:
    """Return a Dutch IBAN with the right check digits."""
    number = f"{account:010d}"
    digits = "".join(str(int(letter, 36)) for letter in f"{bank}{number}NL00")
    return f"NL{98 - int(digits) % 97:02d}{bank}{number}"


def fiscal_numbers(count: int) -> list[str]:
    """Return the first fictional fiscal numbers (RSIN) that pass the check of eleven."""
    numbers = (str(each) for each in range(_FIRST_FISCAL, 1_000_000_000))
    return list(islice((each for each in numbers if _passes_eleven(each)), count))


def btw_nummer(rsin: str) -> str:
    """Return the VAT number of a fiscal number."""
    return f"NL{rsin}B01"


def kvk_nummer(place: int) -> str:
    """Return a number of the trade register, which has eight digits and no check digit."""
    return f"{99_000_000 + place * 137:08d}"


def _passes_eleven(number: str) -> bool:
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(weight * int(digit) for weight, digit in zip(weights, number, strict=True)) % 11 == 0
