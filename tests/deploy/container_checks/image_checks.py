"""The checks of the daemon's image as it lies on the disk. Each takes the image."""

import hashlib
import os
import re
import stat
import subprocess
from pathlib import Path

from boot.expectations import expect, expect_in
from container_checks.podman import DAEMON, attempt, image_property, run

SIZE_MAX = 40_000_000
BASE = "docker.io/library/debian:bookworm-slim"
PROGRAM = "usr/bin/conductor-workerd"
SBOM = "usr/share/sbom/conductor-workerd.spdx"
# What no package of Debian's has: the project's own, and what is written for the image.
OWN = ("usr/share/conductor/", "usr/share/licenses/", PROGRAM, SBOM, "etc/nsswitch.conf",
       "etc/passwd", "etc/group")
AUTHORITIES = "etc/ssl/certs/ca-certificates.crt"
# Of what the daemon has from headers alone; the linker leaves no trace of them.
HEADERS = {"libboost1.81-dev", "libcli11-dev"}
PURL = re.compile(r"purl pkg:deb/debian/(\S+)@(\S+)\?arch=(\w+)&distro=debian-12")


def files_of(root):
    """All regular files of a folder, links to them included, by their paths in it."""
    for folder, _, names in os.walk(root):
        for name in names:
            path = Path(folder, name)
            if path.is_file():
                yield str(path.relative_to(root)), path


def size(image):
    """The image is small."""
    total = image_property(DAEMON, ".Size")
    expect(total <= SIZE_MAX, f"it has {total / 1e6:.1f} MB")
    print(f"    {total / 1e6:.1f} MB")


def no_shell(image):
    """Nothing can be run but the daemon, and nothing gives more rights than one has."""
    libraries = re.compile(r"(^|/)(ld-linux[^/]*|lib[^/]*)\.so[.\d]*$")
    programs = {name for name, path in files_of(image.root)
                if os.access(path, os.X_OK) and path.stat().st_mode & 0o111
                and not libraries.search(name)}
    expect(programs == {PROGRAM}, f"programs: {programs}")
    raising = [name for name, path in files_of(image.root)
               if path.stat().st_mode & (stat.S_ISUID | stat.S_ISGID)]
    expect(not raising, f"with rights of others: {raising}")
    settings = image_property(DAEMON, ".Config")
    expect(settings["User"] == "65532:65532", f"user {settings['User']}")
    expect(settings["StopSignal"] == "SIGTERM", f"stop signal {settings['StopSignal']}")


def no_build_paths(image):
    """The daemon is stripped, and does not tell where it was built."""
    content = (image.root / PROGRAM).read_bytes()
    for part in (b"/source/sdk", b"/source/workers", b"/build/"):
        expect(part not in content, f"the daemon has {part.decode()!r}")
    sections = run("readelf", "--section-headers", "--wide", image.root / PROGRAM)
    for name in (".symtab", ".debug_info"):
        expect(name not in sections, f"the daemon has {name}")


def bill_of_materials(image):
    """The bill of materials is valid, and tells the packages of all files, and no others."""
    done = attempt("python3", "-m", "spdx_tools.spdx.clitools.pyspdxtools", "--infile",
                   image.root / SBOM)
    expect(done.returncode == 0, f"it is not valid: {done.stderr[-900:]}")
    text = (image.root / SBOM).read_text(encoding="utf-8")
    inside, compiled_in = packages_told(text)
    expect(HEADERS <= compiled_in, f"of headers it tells {sorted(compiled_in)}")
    unpack(inside, image.folder)
    owners, authorities = files_of_packages(image.folder)
    used = {"ca-certificates"}
    for name, path in files_of(image.root):
        if name == AUTHORITIES:
            check_authorities(path, authorities)
        elif not name.startswith(OWN):
            found = owners.get(digest(path), set())
            expect(found, f"{name} is not of a package that is listed")
            used |= found
    unused = {name for name, _ in inside} - used
    expect(not unused, f"it lists {unused}, of which no file is there")
    print(f"    {len(inside)} packages in the image, {len(compiled_in)} compiled with")


def packages_told(text):
    """The packages in the image, as (name, version), and the names of those compiled in."""
    inside, compiled_in = [], set()
    for part in text.split("\n\n"):
        found = PURL.search(part)
        if found:
            name, version = (word.replace("%2B", "+") for word in found.groups()[:2])
            expect(f"PackageName: {name}\n" in part, f"two names: {part}")
            if " DEPENDS_ON " in part:
                inside.append((name, version))
            else:
                expect_in(" BUILD_DEPENDENCY_OF ", part, "a package")
                compiled_in.add(name)
    return inside, compiled_in


def unpack(packages, folder):
    """Gets the packages of these versions from Debian, and unpacks each into a folder."""
    downloads = folder / "downloads"
    downloads.mkdir()
    (folder / "packages").mkdir()
    container = run("buildah", "from", "--pull-never", BASE)
    names = " ".join(f"{name}={version}" for name, version in packages)
    run("buildah", "run", "--isolation", "chroot", "--network", "host", "--volume",
        f"{downloads}:/downloads", container, "--", "sh", "-ec",
        f"apt-get -q update && cd /downloads && apt-get -q download {names}")
    run("buildah", "rm", container)
    for package in downloads.iterdir():
        subprocess.run(["dpkg-deb", "--extract", package,
                        folder / "packages" / package.name.split("_")[0]], check=True)


def files_of_packages(folder):
    """Which packages have a file, by its digest; and the certificates that they bring."""
    owners, authorities = {}, set()
    for package in (folder / "packages").iterdir():
        for name, path in files_of(package):
            owners.setdefault(digest(path), set()).add(package.name)
            if name.startswith("usr/share/ca-certificates/"):
                authorities.add(path.read_text(encoding="ascii").strip())
    return owners, authorities


def check_authorities(path, authorities):
    """The authorities of the image are those of the package."""
    end = "-----END CERTIFICATE-----"
    parts = path.read_text(encoding="ascii").split(end)
    there = {part.strip() + "\n" + end for part in parts if part.strip()}
    expect(there == authorities, f"{len(there)} authorities, {len(authorities)} in the package")


def digest(path):
    """Tells a file's content."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


ALL = {
    "size": size,
    "no-shell": no_shell,
    "no-build-paths": no_build_paths,
    "sbom": bill_of_materials,
}
