"""Write size, sha256 and fingerprint of every file into datapackage.json, after a change that is meant."""

from pathlib import Path

from gumlib import validation

validation.register(Path(__file__).parent)
