"""Teams, what their time costs, and the ledger of that time."""
