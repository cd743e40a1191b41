"""PDFs that hide a name badly, one for each way in which redaction fails, and who finds it."""

import io
import re
import zlib

import numpy as np
import pikepdf
import pypdf
import pypdfium2
from pdfminer.high_level import extract_text
from pdfminer.psexceptions import PSException
from pikepdf import Array, Dictionary, Name, Stream, String

PERSON, SUCCESSOR = "Maria Quispe", "Li Chen"
LINES = (
    "Statement of the agency",
    f"The contact is {PERSON}, who answers within ten",
    "days of the day on which they come in, and in writing.",
    "",
    "The second part says nothing of anybody.",
)


def plain(*, person=PERSON, lines=LINES, more=b"", shown=True):
    """One page of text; ``more`` is painted behind it, by the page's own operators."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(612, 792))
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica,
                      Encoding=Name.WinAnsiEncoding)  # fmt: skip
    page = pdf.pages[0].obj
    page.Resources = Dictionary(Font=Dictionary(F=pdf.make_indirect(font)))
    text = b"".join(
        b"BT /F 11 Tf 72 %d Td (%s) Tj ET\n"
        % (700 - 14 * at, line.replace(PERSON, person).encode("cp1252"))
        for at, line in enumerate(lines)
        if shown and line
    )
    page.Contents = pdf.make_stream(text + more)
    return pdf


def saved(pdf, **options):
    body = io.BytesIO()
    pdf.save(body, **options)
    return body.getvalue()


def shades_of(page):
    """The shades of a burned page, sixteen of them, by row and column of its dots."""
    image = page.Resources.XObject.I
    down, across = int(image.Height), int(image.Width)
    packed = np.frombuffer(image.read_bytes(), dtype=np.uint8).reshape(down, -1)
    return np.stack([packed >> 4, packed & 15], axis=2).reshape(down, -1)[:, :across]


BOX = b"q 0 g 140 683 80 14 re f Q\n"


def box_over_live_text():
    return saved(plain(more=BOX))


def white_on_white():
    return saved(plain(more=b"BT 1 g /F 11 Tf 72 500 Td (Maria Quispe) Tj ET\n"))


def written_unseen():
    return saved(plain(more=b"BT 3 Tr /F 11 Tf 72 500 Td (Maria Quispe) Tj ET\n"))


def redaction_not_applied():
    pdf = plain()
    note = Dictionary(Type=Name.Annot, Subtype=Name.Redact, Rect=Array([140, 683, 220, 697]),
                      IC=Array([0, 0, 0]), Contents=String(PERSON))  # fmt: skip
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])
    return saved(pdf)


def other_text_than_shown():
    span = b"/Span <</ActualText (Maria Quispe)>> BDC BT /F 11 Tf 72 500 Td (X) Tj ET EMC\n"
    return saved(plain(more=span))


def alternate_text_and_bookmark():
    pdf = plain()
    element = pdf.make_indirect(Dictionary(S=Name.Figure, Alt=String(PERSON)))
    pdf.Root.StructTreeRoot = pdf.make_indirect(
        Dictionary(Type=Name.StructTreeRoot, K=Array([element]))
    )
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(PERSON, 0))
    return saved(pdf)


def metadata_attachment_script_form():
    pdf = plain()
    pdf.docinfo["/Author"] = PERSON
    pdf.attachments["note.txt"] = pikepdf.AttachedFileSpec(pdf, PERSON.encode(), filename="n.txt")
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String(f"app.alert('{PERSON}')"))
    field = Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("name"),
                       V=String(PERSON), Rect=Array([72, 400, 200, 420]))  # fmt: skip
    field = pdf.make_indirect(field)
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]))
    page = pdf.pages[0].obj
    page.Annots = Array([field])
    page.PieceInfo = Dictionary(Maker=Dictionary(Private=String(PERSON)))
    thumb = Stream(pdf, b"\x00" * 16 + PERSON.encode() + b"\x00" * 4)
    thumb.update({"/Width": 8, "/Height": 4, "/BitsPerComponent": 8, "/ColorSpace": "/DeviceGray"})
    page.Thumb = pdf.make_indirect(thumb)
    return saved(pdf)


def earlier_revision():
    """The name in a first revision, other text in the second, which is appended to it."""
    first = saved(plain(), object_stream_mode=pikepdf.ObjectStreamMode.disable)
    with pikepdf.open(io.BytesIO(first)) as pdf:
        number = pdf.pages[0].Contents.objgen[0]
        content = pdf.pages[0].Contents.read_bytes().replace(PERSON.encode(), SUCCESSOR.encode())
    at = len(first)
    added = b"%d 0 obj\n<</Length %d>>\nstream\n%s\nendstream\nendobj\n" % (
        number, len(content), content)  # fmt: skip
    size = int(re.search(rb"/Size (\d+)", first)[1])
    root = re.search(rb"/Root (\d+ 0 R)", first)[1]
    before = int(re.search(rb"startxref\s+(\d+)", first)[1])
    xref = b"xref\n%d 1\n%010d 00000 n \n" % (number, at)
    trailer = b"trailer\n<</Size %d /Root %s /Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (
        size, root, before, at + len(added))  # fmt: skip
    return first + added + xref + trailer


def form_nobody_paints_and_a_layer_off():
    text = b"BT /F 11 Tf 72 500 Td (Maria Quispe) Tj ET"
    pdf = plain(more=b"/OC /L BDC " + text + b" EMC\n")
    page = pdf.pages[0].obj
    unused = pdf.make_stream(text)
    unused.update({"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": [0, 0, 612, 792]})
    page.Resources.XObject = Dictionary(Unused=unused)
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("draft")))
    page.Resources.Properties = Dictionary(L=layer)
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
    return saved(pdf)


def picture_under_a_box():
    """An image of the name under a box, whose data carries a comment with the name."""
    drawn = pypdfium2.PdfDocument(saved(plain(lines=(PERSON,))))[0].render(grayscale=True)
    pixels = bytes(drawn.to_numpy().tobytes())
    paint = b"q 200 0 0 260 72 200 cm /I Do Q q 0 g 60 190 400 300 re f Q\n"
    pdf = plain(more=paint)
    image = Stream(pdf, pixels)
    image.update({"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": drawn.width,
                  "/Height": drawn.height, "/ColorSpace": Name.DeviceGray,
                  "/BitsPerComponent": 8, "/Comment": String(PERSON)})  # fmt: skip
    pdf.pages[0].obj.Resources.XObject = Dictionary(I=pdf.make_indirect(image))
    return saved(pdf)


def split_over_operators():
    split = b"BT /F 11 Tf 72 500 Td [(M)2(ar)-3(ia )1(Qu)4(is)2(pe)]TJ ET\n"
    return saved(plain(more=split))


def same_name_elsewhere():
    lines = (*LINES, "Later the name of Maria Quispe stands here.")
    return saved(plain(lines=lines))


WAYS = {
    "a box over live text": box_over_live_text,
    "white on white": white_on_white,
    "a mode of writing that paints nothing": written_unseen,
    "a mark for redaction that was never applied": redaction_not_applied,
    "another text than is shown": other_text_than_shown,
    "alternate texts, structure and bookmarks": alternate_text_and_bookmark,
    "metadata, attachment, script, form, thumbnail": metadata_attachment_script_form,
    "an earlier revision": earlier_revision,
    "a form that nobody paints, a layer that is off": form_nobody_paints_and_a_layer_off,
    "a picture under a box": picture_under_a_box,
    "a name split over operators": split_over_operators,
    "the same name elsewhere": same_name_elsewhere,
}
"""Ways in which redaction fails; the twelfth and the file's name have tests of their own."""


def _folded(text):
    return re.sub(r"[\W_]+", "", text.casefold())


def finders(body, wanted=PERSON):
    """Names of the readers that find ``wanted`` in a PDF; each revision counts."""
    wanted = _folded(wanted)
    found = set()
    ends = [m.end() for m in re.finditer(rb"%%EOF\s*", body)] or [len(body)]
    for end in ends:
        for name, read in _READERS.items():
            try:
                told = read(body[:end])
            except (pypdf.errors.PyPdfError, PSException, pikepdf.PdfError, pypdfium2.PdfiumError):
                if end == ends[-1]:
                    raise  # a part of a linearized file may be none by itself; the whole is one
                continue
            if wanted in _folded(told):
                found.add(name)
    return found


def _pdfium(body):
    document = pypdfium2.PdfDocument(body)
    return "".join(page.get_textpage().get_text_range() for page in document)


def _objects(body):
    """Every string and every decoded stream of every object, reached or not."""
    told = []
    with pikepdf.open(io.BytesIO(body)) as pdf:
        for one in pdf.objects:
            _walk(one, told)
        _walk(pdf.trailer, told)
    return "\n".join(told)


def _walk(one, told, deep=0):
    if isinstance(one, pikepdf.Stream):
        told.append(_data(one).decode("latin-1"))
    if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
        for value in (
            one.values() if isinstance(one, pikepdf.Dictionary) else one.stream_dict.values()
        ):
            _within(value, told, deep)
    elif isinstance(one, pikepdf.Array):
        for value in one:
            _within(value, told, deep)
    elif isinstance(one, pikepdf.String):
        told.append(str(one))


def _data(stream):
    try:
        return stream.read_bytes()
    except pikepdf.PdfError:  # a picture in a code of its own
        return stream.read_raw_bytes()


def _within(value, told, deep):
    if not getattr(value, "is_indirect", False) and deep < 8:
        _walk(value, told, deep + 1)


def _streams(body):
    told = [body.decode("latin-1")]
    for found in re.finditer(rb"stream\r?\n", body):
        try:
            told.append(zlib.decompressobj().decompress(body[found.end() :]).decode("latin-1"))
        except zlib.error:
            continue
    return "\n".join(told)


_READERS = {
    "pypdf": lambda body: "".join(
        p.extract_text() for p in pypdf.PdfReader(io.BytesIO(body)).pages
    ),
    "pdfminer": lambda body: extract_text(io.BytesIO(body)),
    "pdfium": _pdfium,
    "objects": _objects,
    "bytes": _streams,
}
