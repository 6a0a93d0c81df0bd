"""A small project to try things with: people of every role, an ontology, a few photographs."""
