"""Synthetic people: a number gives a login and an id, always the same ones, nobody's real name."""

_QUALITIES = (
    "amber brisk calm deft eager fair glad hazel idle jolly keen lively mild noble olive plain "
    "quiet rapid sunny tidy"
).split()
_ANIMALS = (
    "badger crane dunlin egret falcon gannet heron ibis jackdaw kestrel lapwing marten newt otter "
    "plover quail raven siskin tern vole"
).split()
_FIRST_ID = 10_000_000
_STRIDE = 7919
"""Coprime to the number of combinations, so that neighbours do not look alike."""


def person(number, seed=0):
    """The identity of one synthetic person; the number is in the login, so logins are unique."""
    mixed = (number + seed) * _STRIDE
    quality = _QUALITIES[mixed % len(_QUALITIES)]
    animal = _ANIMALS[mixed // len(_QUALITIES) % len(_ANIMALS)]
    return {"login": f"{quality}-{animal}-{number}", "id": _FIRST_ID + number, "type": "User"}
