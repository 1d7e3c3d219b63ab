"""The rules of CONTRIBUTING.md that a machine can check, one module per kind of rule."""
