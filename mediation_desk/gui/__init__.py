"""The windows: all Qt of the project is here."""

import builtins
import sys

# PySide6 replaces the import statement by one that reads the source of every module loaded after it, to find out
# whether it says `from __feature__ import …`, and that makes `from PySide6.… import *` complete. Nothing here says
# either, and it would take a tenth of the start.
_import = builtins.__import__

import PySide6.QtCore  # noqa: E402, F401 - must come between the two lines

builtins.__import__ = _import

if sys.version_info < (3, 12):
    import ctypes

    # PySide6 6.12.0 drops one reference to True with every emit() called from Python, and one to None with every call
    # that returns nothing; after some hundred or thousand of them Python 3.11 aborts. From 3.12 on both are immortal;
    # this makes them as good as that before.
    for needed in (True, None):
        ctypes.c_ssize_t.from_address(id(needed)).value += 1 << 40
