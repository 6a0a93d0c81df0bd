"""What every slice may use: errors, ids, time, pages, jobs. No framework in here."""
