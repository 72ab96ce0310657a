"""Attachments as pages of the case file: photos and scans scaled to A4 and turned upright, PDFs page by page.

A photo is kept as it came where that is not more than print needs, else it is reduced; what a camera wrote into it
(place, device) stays out of the file. A page of a PDF is shown within the margins, with the annotations that print.
What cannot be printed is refused with a sentence; no file can stop a case file from being bound.
"""

import warnings
import zlib
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

from PIL import ExifTags, Image, UnidentifiedImageError
from PIL.JpegImagePlugin import JpegImageFile
from pypdf import PageObject, PdfReader, PdfWriter, Transformation
from pypdf.errors import DependencyError
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    PdfObject,
    RectangleObject,
    StreamObject,
)
from reportlab.lib.units import mm

from mediation_desk.documents.layout import PAGE_HEIGHT, PAGE_WIDTH
from mediation_desk.documents.stamping import (
    Matrix,
    add_xobject,
    form_of,
    in_operands,
    seen_size,
    stream_of,
    to_seen,
    written,
)
from mediation_desk.domain.errors import DeskError

PHOTO_BOX = (20 * mm, 16 * mm, PAGE_WIDTH - 20 * mm, PAGE_HEIGHT - 18 * mm)
"""Where a photo goes: (left, bottom, right, top). It has no margins of its own, and may be bound at either side."""

SCAN_BOX = (9 * mm, 13 * mm, PAGE_WIDTH - 9 * mm, PAGE_HEIGHT - 14 * mm)
"""Where a page of a PDF goes: so much smaller that page number and caption cover nothing of it."""

LEAST_DPI, MOST_DPI = 150, 300
"""How finely a photo is printed; a coarse one is not blown up beyond `COARSEST_DPI`."""

COARSEST_DPI = 100
MOST_BYTES = 1_500_000  # of a photo that is kept as it came
MOST_SAMPLES = 150_000_000  # of a picture in memory, so many bytes
MOST_PAGES = 500
_LONGEST = 3  # times its width; a longer picture would be too small to read on one page
_JPEG_QUALITY = 82

Image.MAX_IMAGE_PIXELS = None  # `_load` knows better: a photo of 200 million pixels is read at an eighth of its size

_TAIL = 2048  # bytes in which a PDF says where its table of contents is
_HIDDEN, _PRINTED = 0x02, 0x04  # flags of an annotation
_NOT_ON_PAPER = ("/Popup", "/Link")
_PLAIN_JPEG = (b"\xc0", b"\xc1", b"\xc2")  # baseline, extended, progressive: those that PDF knows
_WITHOUT_LENGTH = range(0xD0, 0xD9)


class Unprintable(DeskError):
    """An attachment that cannot be brought onto paper. Its text is the reason, as a part of a sentence."""


def attachment_pages(content: bytes, media_type: str) -> bytes:
    """The pages of an attachment as a PDF of A4 pages. Raises `Unprintable`."""
    if not content:
        raise Unprintable("文件是空的")
    writer = PdfWriter()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # damaged notes of a camera are no reason to keep its photo out
            if content.startswith(b"%PDF") or media_type == "application/pdf":
                _add_pdf(writer, content)
            else:
                _add_pictures(writer, content)
    except Unprintable:
        raise
    except Exception as error:  # readers of foreign files raise whatever they stumble over
        raise Unprintable("文件已损坏或不完整，无法读出") from error
    return written(writer)


def _check_number_of_pages(count: int) -> None:
    if not count:
        raise Unprintable("文件里没有页面")
    if count > MOST_PAGES:
        raise Unprintable(f"文件有{count}页，超过{MOST_PAGES}页")


# ---- pictures


def _add_pictures(writer: PdfWriter, content: bytes) -> None:
    try:
        picture = Image.open(BytesIO(content))
    except UnidentifiedImageError as error:
        raise Unprintable("不是能识别的图片或 PDF") from error
    if isinstance(picture, JpegImageFile):
        _add_photo(writer, picture, content)
        return
    frames = getattr(picture, "n_frames", 1) if picture.format == "TIFF" else 1
    _check_number_of_pages(frames)
    for number in range(frames):
        picture.seek(number)
        _add_picture(writer, _opaque(_upright(_load(picture))))


def _add_photo(writer: PdfWriter, photo: JpegImageFile, content: bytes) -> None:
    """Add a JPEG: as it came if it is modest and of a kind that PDF shows, else read at a fraction of its size."""
    across = _turn_of(photo) in _ACROSS
    size = photo.size[::-1] if across else photo.size
    width, height = _printed_size(size)
    plain = _as_it_came(photo, width, content)
    if plain:
        image = _image(size, photo.mode, "/DCTDecode", plain)
        photo.draft(None, (1, 1))
        _load(photo)  # proves that nothing of it is missing
        _add_image(writer, image, width, height)
        return
    if not _is_long(size):
        wanted = round(width / 72 * LEAST_DPI), round(height / 72 * LEAST_DPI)
        photo.draft(None, wanted[::-1] if across else wanted)
    _add_picture(writer, _opaque(_upright(_load(photo))))


def _as_it_came(photo: JpegImageFile, width: float, content: bytes) -> bytes:
    """A JPEG that can be put onto the page, `width` points wide, without being written anew; else nothing."""
    is_modest = len(content) <= MOST_BYTES and photo.width <= width / 72 * MOST_DPI + 1
    if not is_modest or _turn_of(photo) is not None or _is_long(photo.size) or photo.mode not in ("L", "RGB"):
        return b""
    return _without_notes(content)


_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What puts a picture upright, by the orientation that the camera noted."""

_ACROSS = tuple(_TURNS[orientation] for orientation in (5, 6, 7, 8))


def _turn_of(picture: Image.Image) -> Image.Transpose | None:
    return _TURNS.get(picture.getexif().get(ExifTags.Base.Orientation, 1))


def _upright(picture: Image.Image) -> Image.Image:
    turn = _turn_of(picture)
    return picture if turn is None else picture.transpose(turn)


def _without_notes(jpeg: bytes) -> bytes:
    """A JPEG without what is not needed to show it (camera, place, preview, comments); b"" if PDF cannot show it."""
    kept = [jpeg[:2]]
    at = 2
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF:
        kind = jpeg[at + 1]
        if kind == 0xFF or kind in _WITHOUT_LENGTH:
            at += 1 if kind == 0xFF else 2
            continue
        end = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4])
        if 0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC) and bytes([kind]) not in _PLAIN_JPEG:
            return b""
        if kind == 0xDA:
            return b"".join([*kept, jpeg[at:]])
        if kind == 0xEE or not (0xE0 <= kind <= 0xEF or kind == 0xFE):  # 0xEE says which colours are meant
            kept.append(jpeg[at:end])
        at = end
    return b""


def _load(picture: Image.Image) -> Image.Image:
    """Read the pixels, if they are not too many."""
    width, height = picture.size
    if width * height * len(picture.getbands()) > MOST_SAMPLES:
        raise Unprintable(f"图片太大（{width}×{height}像素），请降低分辨率重新扫描")
    picture.load()
    return picture


def _opaque(picture: Image.Image) -> Image.Image:
    """The picture in black and white, grey or colour, on white where it was transparent."""
    if picture.mode.startswith("I") or picture.mode == "F":
        return _eight_bits(picture)
    if picture.has_transparency_data:
        clear = picture.convert("RGBA")
        opaque = Image.new("RGB", picture.size, "white")
        opaque.paste(clear, mask=clear.getchannel("A"))
        return opaque
    return picture if picture.mode in ("1", "L", "RGB") else picture.convert("RGB")


def _eight_bits(picture: Image.Image) -> Image.Image:
    """Grey of 16 or more bits as grey of 8."""
    deep = picture.convert("F")
    _, highest = deep.getextrema()
    assert isinstance(highest, float | int)
    full = next((each for each in (255.0, 65535.0) if highest <= each), float(highest))
    return deep.point(lambda grey: grey * (255 / full)).convert("L")


def _add_picture(writer: PdfWriter, picture: Image.Image) -> None:
    """Add a page with a picture that is upright and opaque, no finer than print needs; a long strip is cut."""
    if _is_long(picture.size):
        for strip in _strips(picture):
            _add_picture(writer, strip)
        return
    width, height = _printed_size(picture.size)
    if picture.mode == "1":
        _add_image(writer, _image(picture.size, "1", "/FlateDecode", zlib.compress(picture.tobytes())), width, height)
        return
    if picture.width > width / 72 * MOST_DPI + 1:
        picture = picture.resize((round(width / 72 * 200), round(height / 72 * 200)), Image.Resampling.BOX)
    file = BytesIO()
    picture.save(file, "JPEG", quality=_JPEG_QUALITY, subsampling=0 if picture.format != "JPEG" else -1)
    _add_image(writer, _image(picture.size, picture.mode, "/DCTDecode", file.getvalue()), width, height)


def _is_long(size: tuple[int, int]) -> bool:
    return size[1] > _LONGEST * size[0]


def _strips(picture: Image.Image) -> Iterator[Image.Image]:
    """A long picture (a whole chat in one) in pieces that fill a page; a line of text at a cut stands on both."""
    left, bottom, right, top = PHOTO_BOX
    step = round(picture.width * (top - bottom) / (right - left))
    _check_number_of_pages(picture.height // step)
    for start in range(0, picture.height, step):
        yield picture.crop((0, max(0, start - step // 20), picture.width, min(start + step, picture.height)))


def _printed_size(pixels: tuple[int, int]) -> tuple[float, float]:
    """Width and height in points: as large as the page allows."""
    left, bottom, right, top = PHOTO_BOX
    scale = min((right - left) / pixels[0], (top - bottom) / pixels[1], 72 / COARSEST_DPI)
    return pixels[0] * scale, pixels[1] * scale


def _image(size: tuple[int, int], mode: str, code: str, data: bytes) -> StreamObject:
    image = StreamObject()
    image._data = data
    image.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Image"),
            NameObject("/Width"): NumberObject(size[0]),
            NameObject("/Height"): NumberObject(size[1]),
            NameObject("/ColorSpace"): NameObject("/DeviceRGB" if mode == "RGB" else "/DeviceGray"),
            NameObject("/BitsPerComponent"): NumberObject(1 if mode == "1" else 8),
            NameObject("/Filter"): NameObject(code),
        }
    )
    return image


def _add_image(writer: PdfWriter, image: StreamObject, width: float, height: float) -> None:
    left, bottom, right, top = PHOTO_BOX
    x, y = left + (right - left - width) / 2, bottom + (top - bottom - height) / 2
    _add_page(writer, {"/Picture": image}, f"{width:.2f} 0 0 {height:.2f} {x:.2f} {y:.2f} cm /Picture Do")


def _add_page(writer: PdfWriter, drawn: Mapping[str, PdfObject], steps: str) -> None:
    """Add a page of A4 that draws objects by these steps."""
    resources = DictionaryObject()
    for name, xobject in drawn.items():
        add_xobject(resources, name, xobject if isinstance(xobject, IndirectObject) else writer._add_object(xobject))
    page = writer.add_blank_page(PAGE_WIDTH, PAGE_HEIGHT)
    page[NameObject("/Resources")] = resources
    page[NameObject("/Contents")] = writer._add_object(stream_of(steps.encode()))


# ---- PDFs


def _add_pdf(writer: PdfWriter, content: bytes) -> None:
    if b"startxref" not in content[-_TAIL:]:
        content += b"\nstartxref\n0\n%%EOF\n"  # cut off at the end: now what is there is searched for
    reader = PdfReader(BytesIO(content))
    if reader.is_encrypted:
        try:
            is_open = reader.decrypt("")  # a password that only guards against changes is no hindrance
        except DependencyError as error:
            raise Unprintable("文件加了密，本程序打不开") from error
        if not is_open:
            raise Unprintable("文件设有打开密码")
    _check_number_of_pages(len(reader.pages))
    for page in reader.pages:
        _add_scan(writer, page)


def _add_scan(writer: PdfWriter, page: PageObject) -> None:
    left, bottom, right, top = SCAN_BOX
    width, height = seen_size(page)
    scale = min((right - left) / width, (top - bottom) / height, 1.0)
    x, y = (left + right - width * scale) / 2, (bottom + top - height * scale) / 2
    matrix = Transformation(to_seen(page)).scale(scale).translate(x, y).ctm
    drawn: dict[str, PdfObject] = {"/Scan": form_of(writer, page)}
    steps = [f"{in_operands(matrix)} cm /Scan Do"]
    for number, (appearance, place) in enumerate(_printed_annotations(page)):
        drawn[f"/Note{number}"] = writer._add_object(appearance.clone(writer))
        steps.append(f"q {in_operands(place)} cm /Note{number} Do Q")
    _add_page(writer, drawn, "\n".join(steps))


def _printed_annotations(page: PageObject) -> Iterator[tuple[StreamObject, Matrix]]:
    """What stands on a page besides its content when it is printed (filled-in fields, stamps), and the matrix to it."""
    for entry in page.get("/Annots", ArrayObject()).get_object():
        annotation = entry.get_object()
        flags = annotation.get("/F", 0)
        if flags & _HIDDEN or not flags & _PRINTED or annotation.get("/Subtype") in _NOT_ON_PAPER:
            continue
        appearance = annotation.get("/AP", {}).get("/N")
        appearance = appearance.get_object() if appearance is not None else None
        if isinstance(appearance, DictionaryObject) and not isinstance(appearance, StreamObject):
            appearance = appearance.get(annotation.get("/AS", "/Off"), NullObject()).get_object()
        if isinstance(appearance, StreamObject):
            yield appearance, _place_of(appearance, RectangleObject(_four(annotation["/Rect"])))


def _place_of(appearance: StreamObject, place: RectangleObject) -> Matrix:
    """The matrix that fits an appearance into its place (ISO 32000-1, 12.5.5)."""
    a, b, c, d, e, f = (float(number) for number in appearance.get("/Matrix", (1, 0, 0, 1, 0, 0)))
    own = Transformation((a, b, c, d, e, f))
    box = RectangleObject(_four(appearance["/BBox"]))
    corners = [own.apply_on((x, y)) for x in (box.left, box.right) for y in (box.bottom, box.top)]
    left, bottom = min(x for x, _ in corners), min(y for _, y in corners)
    wide = float(place.width) / (max(x for x, _ in corners) - left)
    high = float(place.height) / (max(y for _, y in corners) - bottom)
    return wide, 0.0, 0.0, high, float(place.left) - left * wide, float(place.bottom) - bottom * high


def _four(rectangle: Any) -> tuple[float, float, float, float]:
    left, bottom, right, top = (float(side) for side in rectangle)
    return left, bottom, right, top
