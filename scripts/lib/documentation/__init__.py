"""The documentation: its snippets, its reference, its links and its site."""
