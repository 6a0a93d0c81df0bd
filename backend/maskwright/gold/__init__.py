"""Images whose right answer is known, mixed into people's work without their seeing which."""
