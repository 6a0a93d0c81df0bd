"""Pausing people (`pauses`), rules (`rules`), what rules do (`applying`), and who is asked before a
claim (`onlooking`)."""
