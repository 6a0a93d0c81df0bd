"""Golds from ground truth that somebody has on disk."""
