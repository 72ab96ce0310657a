"""The windows: all Qt of the project is here."""

import sys

if sys.version_info < (3, 12):
    import ctypes

    # PySide6 6.12.0 drops one reference to True with every emit() called from Python; after some hundred of them
    # Python 3.11 aborts ("deallocating True"). From 3.12 on True is immortal; this makes it as good as that before.
    ctypes.c_ssize_t.from_address(id(True)).value += 1 << 40
