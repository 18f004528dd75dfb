"""A folder served to browsers on this machine, without a word in the terminal.

python -m book.serve    serve the book, and build it anew whenever a source is saved
"""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from book import digest
from book.paths import HTML, ROOT


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve `folder` on a free port and give its address, which ends in a slash.

    Examples
    --------
    >>> with served(Path(__file__).parent) as address:
    ...     address.startswith("http://127.0.0.1:")
    True
    """
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


def renew(seen: str = "") -> str:
    """Build the book if its sources are not those that were seen; return what tells them."""
    if (now := digest.inputs()) != seen:
        subprocess.run([sys.executable, "-m", "book.build"], cwd=ROOT, check=False)
    return now


if __name__ == "__main__":
    with served(HTML) as address, suppress(KeyboardInterrupt):
        print(f"{address}chapters/index.html; reload it after a build; Ctrl-C ends", flush=True)
        seen = ""
        while True:
            seen = renew(seen)
            time.sleep(1)
