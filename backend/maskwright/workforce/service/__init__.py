"""What people do with teams (`teams`) and with the ledger of time (`ledger`, `costs`)."""
