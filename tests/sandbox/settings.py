"""Settings of a stand-in that the control interface may change."""


def replace(settings, changed, choices=None):
    """Replaces settings by name; `choices` lists what is possible, where not everything is."""
    for name, value in changed.items():
        if name not in type(settings).__dataclass_fields__:
            raise ValueError(f"unknown setting {name!r}")
        possible = (choices or {}).get(name, (value,))
        if value not in possible:
            raise ValueError(f"{name}: {value!r} is none of {', '.join(possible)}")
        setattr(settings, name, value)
