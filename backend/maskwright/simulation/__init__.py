"""What the hand-out does with a crowd: the real queue, simulated people. See `run`."""
