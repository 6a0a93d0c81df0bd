"""Rules of quality, what they did, and pauses of single people."""
