"""Letters to people: kept until they are delivered, and what became of each."""
