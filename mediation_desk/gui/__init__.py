"""The windows: everything that shows and asks."""
