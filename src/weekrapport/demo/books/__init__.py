"""The books of the fictional organisation: budget, ledger, suppliers, invoices and their documents."""
