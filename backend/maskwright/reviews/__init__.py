"""The workflow behind a handed-in label: steps of review, verdicts, and what a version changed."""
