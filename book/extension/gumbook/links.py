"""Only addresses on recognised hosts become links; all others are printed as plain text."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from gumlib import data


class PlainAddresses(SphinxPostTransform):
    """Unlink what lies on a host that `data/evidence/hosts.csv` does not list."""

    default_priority = 900

    def run(self, **_: Any) -> None:
        """Look at every link that leaves the book."""
        hosts = {*data.read("hosts")["host"], "creativecommons.org", "opensource.org"}
        for link in list(self.document.findall(nodes.reference)):
            host = urlsplit(link.get("refuri", "")).hostname
            if host and host not in hosts:
                link.replace_self(nodes.inline("", "", *link.children, classes=["gum-address"]))


def setup(app: Sphinx) -> None:
    """Register the transform."""
    app.add_post_transform(PlainAddresses)
