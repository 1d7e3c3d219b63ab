"""A world described in a JSON file: settings, repositories, what the sinks know, faults."""

import json
from pathlib import Path

from sandbox.instants import parse_instant

_MEMBERS = {"clock", "repositories", "settings", "workspaces", "sources", "faults"}


def read(path):
    """The JSON of a file; what is wrong with it is said with its name."""
    try:
        return json.loads(Path(path).read_text(encoding="utf-8"))
    except ValueError as wrong:
        raise ValueError(f"{path}: {wrong}") from None


def arrange(world, described):
    """Brings a world into the state that a description says; contract.md has its members."""
    if not isinstance(described, dict):
        raise ValueError("the description of a world is no object")
    unknown = set(described) - _MEMBERS
    if unknown:
        raise ValueError(f"unknown {', '.join(sorted(unknown))}")
    if "clock" in described:
        clock = described["clock"]
        world.clock.set(parse_instant(clock["now"]), clock.get("frozen", False))
    for side, settings in described.get("settings", {}).items():
        if side not in world.sides:
            raise ValueError(f"settings: unknown {side}")
        world.sides[side].change_settings(settings)
    for full_name, description in described.get("repositories", {}).items():
        world.github.put_repository(full_name, description)
    for slug in described.get("workspaces", []):
        world.orbit.add_workspace(slug)
    for identifier in described.get("sources", []):
        world.commonroom.add_source(identifier)
    world.faults.replace(described.get("faults", []))
