"""Images, packed without an engine: a layer, a configuration, and a list of both."""

import hashlib
import json
import platform
import re
import shlex
import tarfile
from pathlib import Path

from cluster.processes import run

ROOT = Path(__file__).resolve().parents[3]
_DOCKERFILE = ROOT / "deploy" / "docker" / "Dockerfile"
_COLLECT = ROOT / "deploy" / "docker" / "collect"
_MACHINES = {"x86_64": "amd64", "aarch64": "arm64"}
_LISTS = {"ENTRYPOINT": "Entrypoint", "CMD": "Cmd"}
_TEXTS = {"USER": "User", "STOPSIGNAL": "StopSignal", "WORKDIR": "WorkingDir"}


def configuration_of_dockerfile(text):
    """What the last stage of a Dockerfile says of how the image is run."""
    lines = re.sub(r"\\\n", " ", text).splitlines()
    last = max(number for number, line in enumerate(lines) if line.startswith("FROM "))
    made = {"Env": []}
    for line in lines[last:]:
        word, _, rest = line.partition(" ")
        if word in _LISTS:
            made[_LISTS[word]] = json.loads(rest)
        elif word in _TEXTS:
            made[_TEXTS[word]] = rest.strip()
        elif word == "ENV":
            made["Env"] += shlex.split(rest)
    return made


def pack(folder, archive, name, configuration):
    """Writes a folder as an image of one layer."""
    layer = archive.with_suffix(".layer")
    with tarfile.open(layer, "w") as packed:
        for path in sorted(folder.rglob("*")):
            packed.add(path, path.relative_to(folder), recursive=False)
    with open(layer, "rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    described = json.dumps({
        "architecture": _MACHINES[platform.machine()], "os": "linux", "config": configuration,
        "rootfs": {"type": "layers", "diff_ids": [f"sha256:{digest}"]}}).encode()
    scratch = archive.with_suffix(".json")
    described_name = f"{hashlib.sha256(described).hexdigest()}.json"
    listed = [{"Config": described_name, "RepoTags": [name], "Layers": ["layer.tar"]}]
    with tarfile.open(archive, "w") as whole:
        whole.add(layer, "layer.tar")
        for member, content in ((described_name, described),
                                ("manifest.json", json.dumps(listed).encode())):
            scratch.write_bytes(content)
            whole.add(scratch, member)
    scratch.unlink()
    layer.unlink()


def pack_daemon(daemon, folder):
    """The daemon of a build folder, as the Dockerfile would pack it; archive and image's name."""
    version = run(daemon, "--version").stdout.split()[-1]
    root = folder / "daemon"
    stripped = root / "usr" / "bin" / "conductor-workerd"
    stripped.parent.mkdir(parents=True)
    run("strip", "-o", stripped, daemon)
    run(_COLLECT, daemon.parent.parent, root, seconds=300)
    name = f"docker.io/library/conductor-workerd:{version}"
    archive = folder / "daemon.tar"
    pack(root, archive, name,
         configuration_of_dockerfile(_DOCKERFILE.read_text(encoding="utf-8")))
    return archive, name


def pack_pause(program, folder):
    """The first container of each pod."""
    root = folder / "pause"
    root.mkdir()
    (root / "pause").write_bytes(program.read_bytes())
    (root / "pause").chmod(0o755)
    archive, name = folder / "pause.tar", "localhost/pause:1"
    pack(root, archive, name, {"Entrypoint": ["/pause"], "User": "65535:65535"})
    return archive, name
