"""Training and exams that open a project to people."""
