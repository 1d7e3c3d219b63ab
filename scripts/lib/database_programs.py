"""The programs of PostgreSQL and Redis: the system's, else those of Debian's packages.

Debian's packages start a service of the system when they are installed, which nobody asked for who
only wants a database for a server of ours. So what is missing is taken out of the package into the
user's cache folder, which needs no root. (Where root has its own is closed to others, as whom
PostgreSQL has to run: there it is a folder of the system.)
"""

import os
import re
import shutil
import subprocess
from pathlib import Path

import cache

# Where Debian has them; the highest version is the last one.
POSTGRES_FOLDERS = "/usr/lib/postgresql/*/bin"
POSTGRES_INSIDE = "usr/lib/postgresql/*/bin"
FOLDER_OF_ROOT = Path("/var/cache/conductor-cpp")


def postgres():
    """The folder with `postgres`, `initdb` and `psql`."""
    installed = [path for path in by_version(Path("/").glob(POSTGRES_FOLDERS[1:]))
                 if (path / "initdb").exists()]
    if installed:
        return installed[-1]
    if beside := shutil.which("initdb"):
        return Path(beside).resolve().parent
    server = newest_postgres()
    client = server.replace("-", "-client-")
    unpacked = unpacked_packages("postgresql", [server, client])
    return tried(by_version(unpacked.glob(POSTGRES_INSIDE))[-1], "postgres")


def redis():
    """The program `redis-server`."""
    if installed := shutil.which("redis-server"):
        return Path(installed)
    # A link to a program of redis-tools.
    unpacked = unpacked_packages("redis", ["redis-server", "redis-tools"])
    return tried(unpacked / "usr/bin", "redis-server") / "redis-server"


def by_version(folders):
    """Folders VERSION/bin, the lowest version first."""
    return sorted(folders, key=lambda path: float(path.parent.name))


def newest_postgres():
    """The package that Debian's `postgresql` stands for, as postgresql-15."""
    shown = cache.run(["apt-cache", "depends", "postgresql"])
    found = re.search(r"Depends: (postgresql-\d+)", shown)
    if not found:
        raise cache.StepFailed("apt-cache knows no PostgreSQL", "run apt-get update as root")
    return found[1]


def unpacked_packages(name, packages):
    """A folder with the files of Debian's packages."""
    target = (FOLDER_OF_ROOT if os.geteuid() == 0 else cache.folder()) / f"debian-{name}"
    return cache.made_once(target, lambda: cache.with_retries(
        name, lambda: unpack(packages, target)))


def unpack(packages, target):
    """One attempt; apt-get verifies what it downloads."""
    cache.say(f"fetching Debian's {' and '.join(packages)} (nothing is installed)")
    scratch = target.with_name(f"{target.name}.unpacking")
    cache.remove(scratch)
    scratch.mkdir(parents=True)
    cache.run(["apt-get", "-q", "download", *packages], cwd=scratch)
    for package in sorted(scratch.glob("*.deb")):
        cache.run(["dpkg-deb", "--extract", str(package), str(scratch)])
        package.unlink()
    scratch.replace(target)


def tried(folder, program):
    """The folder, unless its program lacks a library."""
    done = subprocess.run([folder / program, "--version"], capture_output=True, text=True,
                          check=False)
    if done.returncode != 0:
        raise cache.StepFailed(f"{program} does not run: {done.stderr.strip()}",
                               "run scripts/setup, which installs the libraries that it needs")
    return folder
