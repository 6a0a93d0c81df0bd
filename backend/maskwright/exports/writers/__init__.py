"""The formats: one small file each, all written straight into a zip on disk."""
