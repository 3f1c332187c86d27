"""The ledger accounts of the fictional organisation: a fixed list, no chance."""

from __future__ import annotations

from weekrapport.demo.organisation import Rows, texts

BANK, DEBITEUREN, CREDITEUREN = "1100", "1300", "1600"
VOORBELASTING, AF_TE_DRAGEN_BTW = "1520", "1530"
LOON_TE_BETALEN, LOONHEFFING, PENSIOEN = "1700", "1710", "1720"
AFSCHRIJVING_CUMULATIEF, VOORUITONTVANGEN, EIGEN_VERMOGEN = "0150", "1900", "0500"

_BALANS = {
    "0100": "Hardware en inventaris",
    AFSCHRIJVING_CUMULATIEF: "Cumulatieve afschrijving hardware en inventaris",
    EIGEN_VERMOGEN: "Eigen vermogen",
    BANK: "Bank",
    DEBITEUREN: "Debiteuren",
    VOORBELASTING: "Te vorderen btw",
    AF_TE_DRAGEN_BTW: "Af te dragen btw",
    CREDITEUREN: "Crediteuren",
    LOON_TE_BETALEN: "Te betalen nettolonen",
    LOONHEFFING: "Te betalen loonheffing en premies",
    PENSIOEN: "Te betalen pensioenpremies",
    VOORUITONTVANGEN: "Vooruitontvangen abonnementen",
}
_GEMENGD = {"2000": "Tussenrekening"}
_RESULTAAT = {
    "4000": "Lonen en salarissen",
    "4010": "Sociale lasten",
    "4020": "Pensioenlasten",
    "4100": "Huur kantoor",
    "4110": "Energie en water",
    "4120": "Schoonmaak en onderhoud",
    "4130": "Inrichting en beveiliging",
    "4200": "Datacenter",
    "4210": "Cloudplatform",
    "4220": "Dataverbindingen",
    "4230": "Back-up en uitwijk",
    "4300": "Licenties ontwikkelgereedschap",
    "4310": "Licenties databases",
    "4320": "Licenties beveiliging",
    "4330": "Licenties kantoorautomatisering",
    "4340": "Licenties privacy en risico",
    "4400": "Inhuur derden",
    "4500": "Opleiding",
    "4600": "Kantoorartikelen en drukwerk",
    "4610": "Telefonie",
    "4620": "Hardware en klein materiaal",
    "4650": "Reis- en verblijfkosten",
    "4700": "Marketing en beurzen",
    "4750": "Audits en penetratietesten",
    "4760": "Accountant en juridisch advies",
    "4800": "Afschrijvingen",
    "4900": "Bank- en betaalkosten",
    "8000": "Licentieopbrengsten",
    "8010": "Hosting en beheer",
    "8020": "Implementaties en projecten",
    "8030": "Maatwerk en koppelingen",
    "8040": "Opleiding en advies",
}


def grootboek() -> Rows:
    """Return every account with its kind: balance, profit and loss, or mixed."""
    kinds = {"B": _BALANS, "M": _GEMENGD, "P": _RESULTAAT}
    rows = sorted((account, name, kind) for kind, accounts in kinds.items() for account, name in accounts.items())
    return {
        "grootboekrekening": texts(account for account, _, _ in rows),
        "omschrijving": texts(name for _, name, _ in rows),
        "soort": texts(kind for _, _, kind in rows),
    }
