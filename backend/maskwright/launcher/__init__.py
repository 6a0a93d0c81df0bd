"""Starts everything on one machine: embedded servers, migrations, API, worker, one supervisor."""
