"""The GUM model of cluster upgrading in global value chains.

Import the module you need: ``gumlib.model``, ``gumlib.evidence``, ``gumlib.claims``,
``gumlib.data``, ``gumlib.terms``. Nothing is imported here, so that ``import gumlib`` is free.
"""

__version__ = "0.1.0"
