"""Masks as values: run-length codec, algebra, label maps, outlines and scores.

Pure numpy and one RLE library. Nothing here knows HTTP, the database or a task queue.
"""
