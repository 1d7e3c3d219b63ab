"""Who contributed to a repository, and how often; some have no account."""

from dataclasses import dataclass

from sandbox.people import person

_MEMBERS = {"count", "anonymous", "first_user", "items"}
_ITEM = {"contributions", "user", "name", "email"}
_MOST = 1000


@dataclass
class Contributor:
    """`user` is None for someone without an account, who has `name` and `email` instead."""

    contributions: int
    user: dict | None
    name: str = ""
    email: str = ""

    def summary(self):
        """What the control interface says of it."""
        named = {"user": self.user} if self.user else {"name": self.name, "email": self.email}
        return {"contributions": self.contributions} | named


def _check(given, allowed, where):
    unknown = set(given) - allowed
    if unknown:
        raise ValueError(f"{where}: unknown {', '.join(sorted(unknown))}")


def _contributions(index):
    """A few who did much, many who did little."""
    return max(1, _MOST // (index + 1))


def _nameless(index):
    return {"name": f"Nameless {index + 1}", "email": f"nameless-{index + 1}@example.com"}


def contributors_of(description, first_person):
    """The contributors of a description, those with most contributions first."""
    _check(description, _MEMBERS, "contributors")
    first = description.get("first_user", first_person)
    made = [
        Contributor(_contributions(index), person(first + index))
        for index in range(description.get("count", 0))
    ]
    made += [
        Contributor(_contributions(index), None, **_nameless(index))
        for index in range(description.get("anonymous", 0))
    ]
    for index, item in enumerate(description.get("items", [])):
        _check(item, _ITEM, f"contributors: items: {index}")
        user = None if "name" in item else person(first + len(made)) | item.get("user", {})
        named = _nameless(index) | {
            name: item[name] for name in ("name", "email") if not user and name in item
        }
        made.append(Contributor(item.get("contributions", 1), user, **({} if user else named)))
    return sorted(made, key=lambda one: -one.contributions)
