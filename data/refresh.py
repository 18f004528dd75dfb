"""Write size, sha256 and fingerprint of every file into datapackage.json, after a change that is meant."""

import csv
import hashlib
import io
import json
from pathlib import Path

from gumlib.validation import fingerprint

folder = Path(__file__).parent
descriptor = folder / "datapackage.json"
package = json.loads(descriptor.read_text(encoding="utf-8"))
for resource in package["resources"]:
    content = (folder / resource["path"]).read_bytes()
    resource["hash"] = f"sha256:{hashlib.sha256(content).hexdigest()}"
    resource["bytes"] = len(content)
    if "schema" in resource:
        table = list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))
        resource["fingerprint"] = fingerprint(table)
descriptor.write_text(json.dumps(package, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
