"""Stateful stand-ins for GitHub and Orbit, with a control interface; see contract.md."""
