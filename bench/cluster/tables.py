"""The readings of a sitting as Markdown."""


def tables(readings):
    """Throughput, waits, and what a task costs."""
    return "\n\n".join((throughput(readings), waits(readings), costs(readings)))


def throughput(readings):
    """Tasks a second out of a full queue, by the number of workers."""
    return grid(readings, "drain", "tasks a second", lambda one: f"{one['rate']:.0f}")


def waits(readings):
    """How long a task waits in the queue, and until it is done."""
    def cell(one):
        return (f"{one['wait_ms']} / {one['wait_95_ms']}, "
                f"{one['done_ms']} / {one['done_95_ms']}")
    return grid(readings, "steady", "ms queued, ms until done (median / 95 %)", cell)


def grid(readings, what, title, cell):
    """A row for each backend and peer, a column for each number of workers."""
    chosen = [one for one in readings if one["what"] == what]
    counts = unique(one["workers"] for one in chosen)
    lines = [row(title, *(f"{count} worker{'s' * (count > 1)}" for count in counts)),
             row(*["---"] * (1 + len(counts)))]
    for backend, peer in unique((one["backend"], one["peer"]) for one in chosen):
        cells = {one["workers"]: cell(one) for one in chosen
                 if (one["backend"], one["peer"]) == (backend, peer)}
        lines.append(row(f"{backend}, {peer}", *(cells.get(count, "") for count in counts)))
    return "\n".join(lines)


def costs(readings):
    """CPU, and what the database did, a task."""
    lines = [row("a task", "workers", "worker CPU, ms", "server CPU, ms", "database CPU, ms",
                 "requests", "database", "cores taken by others"),
             row(*["---"] * 8)]
    for one in readings:
        cost = one["cost"]
        requests = sum(value for name, value in cost.items() if name.startswith("count /api"))
        lines.append(row(
            f"{one['backend']}, {one['what']}" + f", {one['peer']}" * (one["what"] != "queue"),
            one["workers"], f"{cost.get('workers', 0):.2f}", f"{cost.get('server', 0):.2f}",
            f"{cost.get('database', 0):.2f}", f"{requests:.1f}", done(cost),
            f"{cost['other_cores']:.1f}"))
    return "\n".join(lines)


def done(cost):
    """What the database did for a task."""
    if "transactions" in cost:
        return (f"{cost['transactions']:.0f} transactions, {cost.get('syncs', 0):.1f} syncs, "
                f"{cost['log_bytes'] / 1000:.1f} kB of log")
    if "commands" in cost:
        return f"{cost['commands']:.0f} commands"
    return ""


def row(*cells):
    """A line of a table."""
    return "| " + " | ".join(map(str, cells)) + " |"


def unique(values):
    """Each once, in the order in which they come."""
    return list(dict.fromkeys(values))
