"""What managers set and see (`courses`), what stands before a claim (`gate`), and how a try ends
(`finishing`)."""
