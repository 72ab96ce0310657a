"""Attachments on paper: every kind of picture and PDF, upright and whole; what is none is refused in words."""

import random
import struct
import zlib
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from PIL.Image import Transpose
from pypdf import PdfReader, PdfWriter
from pypdf.errors import DependencyError
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, NumberObject, RectangleObject
from reportlab.pdfgen.canvas import Canvas

from mediation_desk.documents import attachment_pages as module
from mediation_desk.documents.attachment_pages import Unprintable, attachment_pages
from mediation_desk.documents.layout import PAGE_HEIGHT, PAGE_WIDTH

RED, WHITE = (255, 0, 0), (255, 255, 255)


def picture(mode: str = "RGB", size: tuple[int, int] = (120, 80)) -> Image.Image:
    """White with a red upper left quarter."""
    found = Image.new("RGB", size, WHITE)
    found.paste(RED, (0, 0, size[0] // 2, size[1] // 2))
    return found.convert(mode)


def saved(image: Image.Image, kind: str, **how: Any) -> bytes:
    file = BytesIO()
    image.save(file, kind, **how)
    return file.getvalue()


def noise(size: tuple[int, int]) -> Image.Image:
    return Image.frombytes("L", size, random.Random(1).randbytes(size[0] * size[1])).convert("RGB")


def pages(content: bytes, media_type: str = "image/jpeg") -> list[Any]:
    found = list(PdfReader(BytesIO(attachment_pages(content, media_type))).pages)
    for page in found:
        assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx((PAGE_WIDTH, PAGE_HEIGHT))
        assert not page.rotation
    return found


def shown(content: bytes) -> Image.Image:
    """The one picture that was put on the one page."""
    [page] = pages(content)
    [image] = page.images
    assert isinstance(image.image, Image.Image)
    return image.image


def corner(image: Image.Image) -> str:
    """Which quarter of the picture is dark."""
    grey = image.convert("L")
    width, height = grey.size
    quarters = {
        f"{y} {x}": grey.getpixel((width * (1 + 2 * (x == "right")) // 4, height * (1 + 2 * (y == "lower")) // 4))
        for y in ("upper", "lower")
        for x in ("left", "right")
    }
    return min(quarters, key=lambda each: quarters[each])  # type: ignore[arg-type, return-value] # grey is a number


KINDS = [
    ("RGB", "JPEG"), ("L", "JPEG"), ("CMYK", "JPEG"), ("RGB", "PNG"), ("RGBA", "PNG"), ("P", "PNG"), ("L", "PNG"),
    ("LA", "PNG"), ("1", "PNG"), ("RGB", "TIFF"), ("CMYK", "TIFF"), ("LAB", "TIFF"), ("YCbCr", "TIFF"),
    ("1", "TIFF"), ("RGB", "BMP"), ("1", "BMP"), ("RGB", "WEBP"), ("RGBA", "WEBP"), ("P", "GIF"),
]  # fmt: skip


@pytest.mark.parametrize(("mode", "kind"), KINDS)
def test_every_kind_of_picture_is_shown_as_it_is(mode: str, kind: str) -> None:
    image = shown(saved(picture(mode), kind))
    assert image.size == (120, 80)
    assert image.mode in ("1", "L", "RGB")
    assert corner(image) == "upper left"


@pytest.mark.parametrize(("mode", "white"), [("I;16", 65535), ("I", 40000), ("I", 200), ("F", 255.0), ("F", 1e9)])
def test_deep_grey_is_neither_white_nor_black_throughout(mode: str, white: float) -> None:
    deep = picture("L").convert("I" if mode != "F" else "F").point(lambda grey: grey * (white / 255))
    image = shown(saved(deep.convert(mode), "TIFF"))
    assert (image.mode, corner(image)) == ("L", "upper left")
    assert image.getextrema() != (0, 0)


def test_what_is_transparent_is_white() -> None:
    clear = Image.new("RGBA", (100, 100), (0, 0, 0, 0))
    assert shown(saved(clear, "PNG")).convert("RGB").getpixel((50, 50)) == WHITE
    palette = picture("P")
    assert shown(saved(palette, "PNG", transparency=palette.getpixel((5, 5)))).convert("L").getextrema()[0] > 200  # type: ignore[operator] # grey has one band


BACK = {
    1: None, 2: Transpose.FLIP_LEFT_RIGHT, 3: Transpose.ROTATE_180, 4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE, 6: Transpose.ROTATE_90, 7: Transpose.TRANSVERSE, 8: Transpose.ROTATE_270,
}  # fmt: skip


@pytest.mark.parametrize("orientation", BACK)
@pytest.mark.parametrize("kind", ["JPEG", "TIFF", "PNG", "WEBP"])
def test_a_photo_is_turned_upright(orientation: int, kind: str) -> None:
    turn = BACK[orientation]
    notes = Image.Exif()
    notes[0x0112] = orientation
    held = picture() if turn is None else picture().transpose(turn)
    image = shown(saved(held, kind, exif=notes))
    assert image.size == (120, 80)
    assert corner(image) == "upper left"


def test_a_large_photo_is_reduced_and_a_modest_one_kept_without_its_notes() -> None:
    notes = Image.Exif()
    notes[0x010F] = "CameraMaker"
    large = saved(picture(size=(4000, 3000)), "JPEG", exif=notes)
    assert 1000 < shown(large).width <= 2010
    modest = saved(picture(size=(900, 600)), "JPEG", exif=notes, comment=b"at home")
    found = attachment_pages(modest, "image/jpeg")
    scan = modest[modest.index(b"\xff\xda") :]
    assert scan in found
    assert b"CameraMaker" not in found
    assert b"at home" not in found


def test_a_large_photo_held_upright_is_reduced_by_what_is_seen() -> None:
    notes = Image.Exif()
    notes[0x0112] = 6
    image = shown(saved(picture(size=(4000, 3000)).transpose(Transpose.ROTATE_90), "JPEG", exif=notes))
    assert image.width > image.height
    assert 1000 < image.width <= 2010


def test_damaged_notes_of_a_camera_keep_no_photo_out() -> None:
    notes = Image.Exif()
    notes[0x010F] = "CameraMaker" * 9
    assert shown(saved(picture(), "JPEG", exif=notes.tobytes()[:40])).size == (120, 80)


def test_a_fine_scan_is_reduced_and_black_and_white_stays_so() -> None:
    fine = saved(picture(size=(5000, 7000)), "PNG")
    assert shown(fine).width < 2010
    assert shown(saved(picture("1", (2480, 3508)), "TIFF", compression="group4")).mode == "1"


def test_a_photo_that_is_a_heavy_file_is_written_anew() -> None:
    heavy = saved(noise((1900, 1400)), "JPEG", quality=100)
    assert len(heavy) > module.MOST_BYTES
    assert len(attachment_pages(heavy, "image/jpeg")) < len(heavy)


def test_a_small_picture_is_not_blown_up() -> None:
    [page] = pages(saved(picture(size=(40, 30)), "PNG"))
    assert b"28.80 0 0 21.60" in page.get_contents().get_data()


def test_a_long_picture_is_cut_into_pieces_that_can_be_read() -> None:
    for kind in ("PNG", "JPEG"):
        strips = pages(saved(picture(size=(600, 4000)), kind))
        heights = [page.images[0].image.height for page in strips]
        assert len(strips) == 5
        assert {page.images[0].image.width for page in strips} == {600}
        assert sum(heights) > 4000


def test_every_page_of_a_scan_is_there_in_order() -> None:
    scan = saved(picture(), "TIFF", save_all=True, append_images=[picture("L", (80, 120)), picture("1", (60, 60))])
    assert [page.images[0].image.size for page in pages(scan)] == [(120, 80), (80, 120), (60, 60)]


def test_a_moving_picture_shows_its_beginning() -> None:
    moving = saved(picture(), "GIF", save_all=True, append_images=[noise((120, 80))])
    assert corner(shown(moving)) == "upper left"


def test_kinds_of_jpeg_that_pdf_does_not_know_are_written_anew() -> None:
    plain = saved(picture(), "JPEG")
    assert module._without_notes(plain.replace(b"\xff\xc0", b"\xff\xc9", 1)) == b""
    assert module._without_notes(plain[:2]) == b""
    assert module._without_notes(plain[:2] + b"\xff\xff\xd0" + plain[2:]).endswith(plain[plain.index(b"\xff\xda") :])
    assert shown(saved(picture(size=(300, 200)), "JPEG", progressive=True)).size == (300, 200)


# ---- PDFs


def pdf(
    *texts: str, size: tuple[int, int] = (595, 842), turned: int = 0, box: tuple[int, int, int, int] | None = None
) -> bytes:
    file = BytesIO()
    canvas = Canvas(file, pagesize=size, invariant=1)
    for text in texts:
        canvas.drawString(50, size[1] - 50, text)
        canvas.showPage()
    canvas.save()
    writer = PdfWriter(clone_from=PdfReader(file))
    for page in writer.pages:
        page.rotate(turned)
        page.cropbox = RectangleObject(box) if box else page.cropbox
    return bytes_of(writer)


def bytes_of(writer: PdfWriter) -> bytes:
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def text_places(page: Any) -> dict[str, tuple[float, float, float]]:
    """Text, x, y and size on the page of what stands on it."""
    found: dict[str, tuple[float, float, float]] = {}

    def visit(text: str, matrix: list[float], place: list[float], _font: object, size: float) -> None:
        if text.strip():
            found[text.strip()] = (matrix[4] + place[4], matrix[5] + place[5], size)

    page.extract_text(visitor_text=visit)
    return found


@pytest.mark.parametrize("size", [(595, 842), (842, 1191), (842, 595), (420, 595), (200, 800), (5000, 9000)])
@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_every_page_of_a_pdf_is_there_within_the_margins(size: tuple[int, int], turned: int) -> None:
    found = pages(pdf("one", "two", size=size, turned=turned), "application/pdf")
    assert [page.extract_text().strip() for page in found] == ["one", "two"]
    for page in found:
        first, *_ = page.get_contents().get_data().split(b"\n")
        a, b, c, d, e, f = (float(number) for number in first.split()[:6])
        corners = [(a * x + c * y + e, b * x + d * y + f) for x in (0, size[0]) for y in (0, size[1])]
        left, bottom, right, top = module.SCAN_BOX
        assert all(left - 1 < x < right + 1 and bottom - 1 < y < top + 1 for x, y in corners)
        assert max(abs(a), abs(b)) <= 1


def test_a_pdf_without_an_ending_or_with_rubbish_before_it_is_mended() -> None:
    whole = pdf("one", "two")
    for damaged in (whole[: whole.rindex(b"xref\n") - 20], b"rubbish\n" + whole):
        assert len(pages(damaged, "application/pdf")) == 2


def test_what_is_cropped_stays_hidden() -> None:
    [page] = pages(pdf("hidden", box=(0, 0, 595, 400)), "application/pdf")
    form = page["/Resources"]["/XObject"]["/Scan"]
    assert [float(side) for side in form["/BBox"]] == [0, 0, 595, 400]


def filled_form(flags: int = 4) -> bytes:
    file = BytesIO()
    canvas = Canvas(file, pagesize=(595, 842), invariant=1)
    canvas.acroForm.textfield(name="name", value="typed words", x=100, y=300, width=200, height=30)
    canvas.acroForm.checkbox(name="yes", checked=True, x=100, y=200)
    canvas.linkURL("https://example.invalid", (0, 0, 50, 50))
    canvas.showPage()
    canvas.save()
    writer = PdfWriter(clone_from=PdfReader(file))
    for annotation in writer.pages[0].annotations or []:
        if annotation.get_object()["/Subtype"] == "/Widget":
            annotation.get_object()[NameObject("/F")] = NumberObject(flags)
    return bytes_of(writer)


def test_filled_in_fields_are_shown_and_nothing_can_be_clicked() -> None:
    [page] = pages(filled_form(), "application/pdf")
    assert "typed words" in page.extract_text()
    assert len(page["/Resources"]["/XObject"]) == 3
    assert "/Annots" not in page


@pytest.mark.parametrize("flags", [0, 2, 6])
def test_what_does_not_print_is_not_on_paper(flags: int) -> None:
    [page] = pages(filled_form(flags), "application/pdf")
    assert list(page["/Resources"]["/XObject"]) == ["/Scan"]


def test_an_annotation_without_looks_and_an_empty_page_are_no_hindrance() -> None:
    writer = PdfWriter()
    page = writer.add_blank_page(300, 300)
    page[NameObject("/Annots")] = writer._add_object(
        ArrayObject([DictionaryObject({NameObject("/F"): NumberObject(4)})])
    )
    [page] = pages(bytes_of(writer), "application/pdf")
    assert page.extract_text() == ""


def encrypted(user: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf("one"))))
    writer.encrypt(user, "owner", algorithm="RC4-128")
    return bytes_of(writer)


def test_a_pdf_guarded_against_changes_only_is_shown() -> None:
    [page] = pages(encrypted(""), "application/pdf")
    assert page.extract_text().strip() == "one"


def test_a_cipher_that_cannot_be_read_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def decrypt(*_: object) -> None:
        raise DependencyError("cryptography")

    monkeypatch.setattr(PdfReader, "decrypt", decrypt)
    with pytest.raises(Unprintable, match="加了密"):
        attachment_pages(encrypted(""), "application/pdf")


# ---- what cannot be printed


def png_of(width: int, height: int) -> bytes:
    """A PNG that claims to be that large."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(99))) + chunk(b"IEND", b"")


def half(content: bytes) -> bytes:
    return content[: len(content) // 2]


NO_PAGES = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"trailer<</Root 1 0 R>>"
)

BAD = {
    "empty": (b"", "空的"),
    "no picture": (b"hello", "不是能识别的"),
    "a beginning only": (b"\xff\xd8\xff" + bytes(99), "不是能识别的"),
    "half a photo": (half(saved(picture(size=(900, 600)), "JPEG")), "损坏或不完整"),
    "half a large photo": (half(saved(noise((3000, 2000)), "JPEG")), "损坏或不完整"),
    "half a PNG": (half(saved(noise((300, 200)), "PNG")), "损坏或不完整"),
    "half a BMP": (half(saved(picture(), "BMP")), "损坏或不完整"),
    "bomb": (png_of(60_000, 60_000), "60000×60000"),
    "half a PDF": (half(pdf("one", "two")), "损坏或不完整"),
    "no PDF": (b"%PDF-1.7\n" + b"rubbish " * 99, "损坏或不完整"),
    "no pages": (NO_PAGES, "没有页面"),
    "password": (encrypted("secret"), "打开密码"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_printed_is_told_in_words(name: str) -> None:
    content, words = BAD[name]
    with pytest.raises(Unprintable, match=words):
        attachment_pages(content, "application/pdf" if "PDF" in name else "image/jpeg")


def test_too_many_pages_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_PAGES", 2)
    for content in (pdf("1", "2", "3"), saved(picture(size=(100, 900)), "PNG")):
        with pytest.raises(Unprintable, match="超过2页"):
            attachment_pages(content, "")


def test_no_damage_whatever_is_more_than_a_refusal() -> None:
    chance = random.Random(7)
    whole = [pdf("one", "two"), filled_form(), saved(picture(), "JPEG"), saved(picture(), "PNG")]
    refused = 0
    for _ in range(120):
        damaged = bytearray(chance.choice(whole))
        for _ in range(chance.choice((1, 6, 30))):
            damaged[chance.randrange(9, len(damaged))] = chance.randrange(256)
        try:
            attachment_pages(bytes(damaged), "")
        except Unprintable:
            refused += 1
    assert 0 < refused < 120


def test_the_same_attachment_gives_the_same_bytes() -> None:
    for content in (pdf("one"), filled_form(), saved(picture(size=(3000, 2000)), "JPEG"), saved(picture(), "PNG")):
        assert attachment_pages(content, "") == attachment_pages(content, "")


def test_a_page_in_several_pieces_is_shown_whole() -> None:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf("one"))))
    page = writer.pages[0]
    more = DecodedStreamObject()
    more.set_data(b"BT /F1 12 Tf 50 50 Td (more) Tj ET")
    page[NameObject("/Contents")] = ArrayObject([page.raw_get("/Contents"), writer._add_object(more)])
    [page] = pages(bytes_of(writer), "application/pdf")
    assert page.extract_text().split() == ["one", "more"]
