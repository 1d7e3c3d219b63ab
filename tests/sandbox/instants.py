"""Points in time as whole epoch seconds, and the two ways in which people write them down."""

import re
from datetime import datetime, timezone
from email.utils import formatdate

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 7 * 86400}
_AGE = re.compile(r"(\d+(?:\.\d+)?)\s*([smhdw]?)")


def parse_instant(text):
    """Epoch seconds of an ISO 8601 instant; without an offset it is none, and refused."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"not an instant, it has no offset: {text!r}")
    return moment.timestamp()


def format_instant(seconds):
    """The form GitHub writes: whole seconds, `Z`."""
    return datetime.fromtimestamp(int(seconds), timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def format_milliseconds(seconds):
    """The form Orbit writes: milliseconds, `Z`."""
    moment = datetime.fromtimestamp(seconds, timezone.utc)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def format_http_date(seconds):
    """The form of the `Date` header."""
    return formatdate(seconds, usegmt=True)


def parse_age(value):
    """Seconds of `90`, `"90"`, `"90s"`, `"15m"`, `"1h"`, `"2d"` or `"1w"`."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    found = _AGE.fullmatch(value.strip()) if isinstance(value, str) else None
    if not found:
        raise ValueError(f"not a duration such as 90s, 15m, 1h or 2d: {value!r}")
    return float(found[1]) * _UNITS[found[2] or "s"]
