"""The Conductor server on a database server of its own, and the live suite on it."""
