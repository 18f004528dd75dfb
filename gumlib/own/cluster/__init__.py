"""The page of one cluster as a single HTML file: what `gum case report` writes."""

from gumlib.extras import extra

extra("matplotlib", "case")
