"""The papers: everything that draws a page."""
