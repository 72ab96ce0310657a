"""Puts finished papers one behind the other into one PDF."""

from collections.abc import Iterable
from io import BytesIO

from pypdf import PdfWriter
from pypdf.generic import NameObject, TextStringObject

from mediation_desk.documents.stamping import written


def joined(title: str, papers: Iterable[bytes]) -> bytes:
    """The pages of all papers in order; what they have in common, as fonts, is kept once. Same papers, same bytes."""
    writer = PdfWriter()
    for paper in papers:
        writer.append(BytesIO(paper), import_outline=False)
    writer.compress_identical_objects()
    writer.root_object[NameObject("/Lang")] = TextStringObject("zh-CN")
    writer.add_metadata({"/Title": title, "/Creator": "Mediation Desk"})
    return written(writer)
