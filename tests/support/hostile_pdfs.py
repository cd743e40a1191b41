"""Large or malformed PDFs, made in memory and harmless: each asks for more than a page may take."""

import io
import zlib

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from leaky_pdfs import plain, saved


def garbage():
    return b"%PDF-1.7\n" + bytes(range(256)) * 400


def cut_off():
    return saved(plain())[:400]


def with_a_password():
    body = io.BytesIO()
    plain().save(body, encryption=pikepdf.Encryption(owner="o", user="u"))
    return body.getvalue()


def _packed(pdf, chunk, times):
    """A stream that unpacks to a chunk so many times; each is the same block of the packing."""
    packer = zlib.compressobj(9, wbits=-15)
    block = packer.compress(chunk) + packer.flush(zlib.Z_FULL_FLUSH)
    last = zlib.compressobj(9, wbits=-15).flush()
    stream = Stream(pdf, b"\x78\xda" + block * times + last + bytes(4))
    stream.Filter = Name.FlateDecode
    return pdf.make_indirect(stream)


def large_picture():
    """An image of 40,000 by 40,000 dots: 1.6 GB of zeros, packed into 1.6 MB."""
    pdf = plain(more=b"q 400 0 0 400 72 72 cm /I Do Q\n")
    image = _packed(pdf, bytes(40_000), 40_000)
    image.update({"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": 40_000,
                  "/Height": 40_000, "/ColorSpace": Name.DeviceGray,
                  "/BitsPerComponent": 8})  # fmt: skip
    pdf.pages[0].obj.Resources.XObject = Dictionary(I=image)
    return saved(pdf, compress_streams=False)


def many_operators():
    """A page whose content unpacks to 600 MB of lines."""
    pdf = plain()
    pdf.pages[0].obj.Contents = _packed(pdf, b"0 0 m 600 700 l S\n" * 10_000, 3_300)
    return saved(pdf, compress_streams=False)


def forms_within_forms():
    """Forms that each paint the next one ten times over: 10**12 in all."""
    pdf = plain(more=b"/X Do\n")
    inner = None
    for _ in range(12):
        form = pdf.make_stream(b"/X Do\n" * 10 if inner else b"0 0 m 99 99 l S\n")
        form.update({"/Type": Name.XObject, "/Subtype": Name.Form,
                     "/BBox": Array([0, 0, 612, 792])})  # fmt: skip
        if inner is not None:
            form.Resources = Dictionary(XObject=Dictionary(X=inner))
        inner = pdf.make_indirect(form)
    pdf.pages[0].obj.Resources.XObject = Dictionary(X=inner)
    return saved(pdf)


def page_of_a_mile():
    pdf = plain()
    pdf.pages[0].obj.MediaBox = Array([0, 0, 4_000_000, 4_000_000])
    return saved(pdf)


def many_pages():
    pdf = plain()
    page = pdf.pages[0]
    for _ in range(6_000):
        pdf.pages.append(page)
    return saved(pdf)


HOSTILE = {
    "garbage": garbage,
    "cut off": cut_off,
    "with a password": with_a_password,
    "600 MB of operators": many_operators,
    "forms within forms": forms_within_forms,
    "a page of a mile": page_of_a_mile,
    "6,000 pages": many_pages,
}
