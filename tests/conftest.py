"""What every test needs: windows without a screen, and properties that are not judged by a clock."""

import os

from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt is imported anywhere

settings.register_profile("desk", deadline=None)
settings.load_profile("desk")
