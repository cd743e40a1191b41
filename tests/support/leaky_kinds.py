"""PDFs that hide a name in what the format has beside text: structures, ways to write, geometry."""

import io
import math

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from leaky_pdfs import BOX, PERSON, plain, saved

_TEXT = b"BT /F 11 Tf 72 500 Td (Maria Quispe) Tj ET"


def _form(pdf, content, **entries):
    made = pdf.make_stream(content)
    made.update({"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([0, 0, 612, 792])})
    made.Resources = pdf.pages[0].obj.Resources
    for name, value in entries.items():
        made[f"/{name}"] = value
    return pdf.make_indirect(made)


def inline_image_beside_text():
    image = b"q 20 0 0 20 72 400 cm BI /W 12 /H 1 /CS /G /BPC 8 ID " + PERSON.encode()
    return saved(plain(more=image + b" EI Q\n"))


def forms_within_forms():
    pdf = plain(more=b"/A Do\n")
    resources = pdf.pages[0].obj.Resources
    deepest = _form(pdf, _TEXT)
    within = _form(pdf, b"/B Do")
    within.Resources = Dictionary(XObject=Dictionary(B=deepest))
    outer = _form(pdf, b"/W Do")
    outer.Resources = Dictionary(XObject=Dictionary(W=within))
    resources.XObject = Dictionary(A=outer)
    return saved(pdf)


def transparency_group_and_soft_mask():
    """A group painted with a mask that lets nothing through, and whose own mask says the name."""
    pdf = plain(more=b"q /G gs /A Do Q\n")
    group = Dictionary(S=Name.Transparency, CS=Name.DeviceGray)
    black = _form(pdf, b"0 g 0 0 612 792 re f\n" + _TEXT, Group=group)
    mask = Dictionary(Type=Name.Mask, S=Name.Luminosity, G=black)
    resources = pdf.pages[0].obj.Resources
    resources.XObject = Dictionary(A=_form(pdf, _TEXT, Group=group))
    resources.ExtGState = Dictionary(G=Dictionary(SMask=mask))
    return saved(pdf)


def appearances_of_notes():
    """A stamp and a note without a box of their own, a hidden comment, a button nobody pressed."""
    pdf = plain()
    look = Dictionary(N=_form(pdf, b"BT /F 11 Tf 2 6 Td (Maria Quispe) Tj ET"))
    kinds = (("Stamp", 4, [72, 300, 272, 320]), ("FreeText", 2, [72, 200, 272, 220]),
             ("Text", 4, [300, 300, 320, 320]))  # fmt: skip
    notes = [
        pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name(f"/{kind}"), F=flags, AP=look,
                                     Rect=Array(place), T=String(PERSON), Contents=String(PERSON)))
        for kind, flags, place in kinds
    ]  # fmt: skip
    pdf.pages[0].obj.Annots = Array(notes)
    return saved(pdf)


def form_of_xml():
    """A form in XML beside the fields (XFA), its data with the name."""
    pdf = plain()
    data = f"<xdp><datasets><data><name>{PERSON}</name></data></datasets></xdp>".encode()
    parts = Array([String("datasets"), pdf.make_stream(data)])
    pdf.Root.AcroForm = Dictionary(Fields=Array(), XFA=parts)
    return saved(pdf)


def page_labels_and_named_places():
    pdf = plain()
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(P=String(f"{PERSON} "), S=Name.D)]))
    place = Array([pdf.pages[0].obj, Name.Fit])
    pdf.Root.Names = Dictionary(Dests=Dictionary(Names=Array([String(PERSON), place])))
    pdf.Root.OpenAction = Dictionary(S=Name.URI, URI=String(f"mailto:{PERSON}"))
    return saved(pdf)


def tags_that_say_more():
    """Structure whose texts for other readers (ActualText, Alt, E, T) say the name."""
    span = b"/Span <</MCID 0 /E (Maria Quispe) /Alt (Maria Quispe)>> BDC " + _TEXT.replace(
        PERSON.encode(), b"M. Q.") + b" EMC\n"  # fmt: skip
    pdf = plain(more=span)
    page = pdf.pages[0].obj
    element = Dictionary(Type=Name.StructElem, S=Name.Span, Pg=page, K=0)
    for name in ("ActualText", "Alt", "E", "T"):
        element[f"/{name}"] = String(PERSON)
    root = Dictionary(Type=Name.StructTreeRoot, K=pdf.make_indirect(element))
    pdf.Root.StructTreeRoot = pdf.make_indirect(root)
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    return saved(pdf)


def files_within_the_file():
    """A file beside a page, one of the document, one that a note holds, and a collection's."""
    pdf = plain()
    files = [pikepdf.AttachedFileSpec(pdf, PERSON.encode(), filename=f"{at}.txt") for at in "abc"]
    pdf.Root.AF = Array([files[0].obj])
    pdf.pages[0].obj.AF = Array([files[1].obj])
    note = Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=Array([9, 9, 29, 29]),
                      FS=files[2].obj, Contents=String("see the file"))  # fmt: skip
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])
    pdf.Root.Collection = Dictionary(D=String(PERSON))
    return saved(pdf)


def objects_in_streams():
    pdf = plain(more=BOX)
    pdf.docinfo["/Keywords"] = PERSON
    return saved(pdf, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def encrypted_for_everybody():
    """Encrypted, to be opened with no password."""
    pdf = plain(more=BOX)
    return saved(pdf, encryption=pikepdf.Encryption(owner="owner", user="", R=6))


def linearized():
    return saved(plain(more=BOX), linearize=True)


def behind_the_end():
    return saved(plain()) + b"\n% " + PERSON.encode() + b"\n"


def an_object_of_no_table():
    """An object that no table of the file lists any more, in its bytes."""
    body = saved(plain(), object_stream_mode=pikepdf.ObjectStreamMode.disable)
    lost = b"99 0 obj\n(" + PERSON.encode() + b")\nendobj\n"
    at = body.index(b"xref\n")
    start = body.index(b"startxref\n") + 10
    return body[:at] + lost + body[at:start] + b"%d\n%%%%EOF\n" % (at + len(lost))


def a_pattern_of_letters():
    pdf = plain(more=b"/Pattern cs /P scn 72 480 200 40 re f\n")
    tile = pdf.make_stream(_TEXT)
    tile.update({"/Type": Name.Pattern, "/PatternType": 1, "/PaintType": 1, "/TilingType": 1,
                 "/BBox": Array([0, 0, 612, 792]), "/XStep": 612, "/YStep": 792})  # fmt: skip
    tile.Resources = pdf.pages[0].obj.Resources
    pdf.pages[0].obj.Resources.Pattern = Dictionary(P=pdf.make_indirect(tile))
    return saved(pdf)


def names_of_glyphs():
    """A typeface of drawn letters, one of them called by the name, that paints nothing."""
    pdf = plain(more=b"BT /T 11 Tf 72 500 Td (a) Tj ET\n")
    glyph = pdf.make_stream(b"500 0 d0")
    called = Name("/MariaQuispe")
    pdf.pages[0].obj.Resources.Font.T = pdf.make_indirect(Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontBBox=Array([0, 0, 1, 1]), FirstChar=97, LastChar=97,
        FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]), Widths=Array([500]),
        CharProcs=Dictionary({"/MariaQuispe": glyph}), Resources=Dictionary(),
        Encoding=Dictionary(Type=Name.Encoding, Differences=Array([97, called]))))  # fmt: skip
    return saved(pdf)


def outside_what_is_shown():
    """The name outside the cropped page, and outside the paper."""
    more = _TEXT + b" BT /F 11 Tf 72 2000 Td (Maria Quispe) Tj ET\n"
    pdf = plain(more=more)
    pdf.pages[0].obj.CropBox = Array([0, 550, 612, 792])
    return saved(pdf)


def metadata_of_pages_and_pictures():
    pdf = plain(more=b"q 9 0 0 9 72 500 cm /I Do Q\n")
    image = pdf.make_stream(b"\x80" * 4)
    image.update({"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": 2, "/Height": 2,
                  "/ColorSpace": Name.DeviceGray, "/BitsPerComponent": 8})  # fmt: skip
    image.Metadata = pdf.make_stream(f"<x>{PERSON}</x>".encode())
    pdf.pages[0].obj.Resources.XObject = Dictionary(I=image)
    pdf.pages[0].obj.Metadata = pdf.make_stream(f"<y>{PERSON}</y>".encode())
    pdf.Root.OutputIntents = Array([Dictionary(Type=Name.OutputIntent, S=Name.GTS_PDFX,
                                               Info=String(PERSON))])  # fmt: skip
    return saved(pdf)


def a_letter_that_means_a_name():
    """One glyph whose meaning for readers of text is the whole name."""
    pdf = plain(more=b"BT /U 11 Tf 72 500 Td (a) Tj ET\n")
    meaning = "".join(f"{ord(sign):04X}" for sign in PERSON)
    cmap = pdf.make_stream(
        b"begincmap 1 begincodespacerange <00> <ff> endcodespacerange"
        b" 1 beginbfchar <61> <%s> endbfchar endcmap" % meaning.encode()
    )
    pdf.pages[0].obj.Resources.Font.U = pdf.make_indirect(Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, ToUnicode=cmap,
        Encoding=Name.WinAnsiEncoding))  # fmt: skip
    return saved(pdf)


def names_of_fonts_colours_and_layers():
    """The name as what a typeface, an ink and a resource are called, none of them painted."""
    pdf = plain()
    called = Name("/MariaQuispe")
    ink = Array([Name.Separation, called, Name.DeviceGray, pdf.make_indirect(Dictionary(
        FunctionType=2, Domain=Array([0, 1]), N=1, C0=Array([0]), C1=Array([1])))])  # fmt: skip
    resources = pdf.pages[0].obj.Resources
    resources.ColorSpace = Dictionary({"/MariaQuispe": ink})
    told = pdf.make_indirect(Dictionary(FontFamily=String(PERSON), CharSet=String(PERSON)))
    resources.Font.Z = Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=called, FontDescriptor=told
    )
    return saved(pdf)


def profile_of_colours():
    """A picture whose profile of colours says whose machine it came from."""
    pdf = plain(more=b"q 9 0 0 9 72 500 cm /I Do Q\n")
    profile = pdf.make_stream(b"\0" * 128 + b"desc" + PERSON.encode() + b"\0" * 64)
    profile.update({"/N": 1, "/Alternate": Name.DeviceGray})
    colours = Array([Name.ICCBased, profile])
    image = pdf.make_stream(b"\x80" * 4)
    image.update({"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": 2, "/Height": 2,
                  "/ColorSpace": colours, "/BitsPerComponent": 8})  # fmt: skip
    pdf.pages[0].obj.Resources.XObject = Dictionary(I=image)
    return saved(pdf)


def behind_a_fax():
    """A picture in the code of a fax, under a box, with the name behind its last row."""
    pdf = plain(more=b"q 90 0 0 14 140 683 cm /I Do Q " + BOX)
    image = pdf.make_stream(b"\x00\x10\x01\x00\x10\x01" + PERSON.encode())
    image.update({"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": 8, "/Height": 1,
                  "/ColorSpace": Name.DeviceGray, "/BitsPerComponent": 1})  # fmt: skip
    image.Filter = Name.CCITTFaxDecode
    image.DecodeParms = Dictionary(K=-1, Columns=8, Rows=1)
    pdf.pages[0].obj.Resources.XObject = Dictionary(I=image)
    return saved(pdf)


def articles_views_and_signatures():
    """A thread of an article, a view of a plan, the field of a signature, a web page's address."""
    pdf = plain()
    page = pdf.pages[0].obj
    bead = pdf.make_indirect(Dictionary(P=page, R=Array([0, 0, 9, 9])))
    thread = Dictionary(Type=Name.Thread, F=bead, I=Dictionary(Title=String(PERSON)))
    pdf.Root.Threads = Array([pdf.make_indirect(thread)])
    page.VP = Array([Dictionary(Type=Name.Viewport, BBox=Array([0, 0, 9, 9]), Name=String(PERSON))])
    signed = Dictionary(Type=Name.Sig, Filter=Name("/Adobe.PPKLite"), Name=String(PERSON),
                        Reason=String(PERSON), ContactInfo=String(PERSON))  # fmt: skip
    pdf.Root.AcroForm = Dictionary(SigFlags=3, Fields=Array([pdf.make_indirect(
        Dictionary(FT=Name.Sig, T=String("s"), V=pdf.make_indirect(signed)))]))  # fmt: skip
    pdf.Root.URI = Dictionary(Base=String(f"https://example.org/{PERSON}"))
    return saved(pdf)


def beside_the_operators():
    """The name in a comment of the content, and in what marks a part of it as no content."""
    marked = b"/Artifact <</Type /Pagination /Contents (Maria Quispe)>> BDC EMC\n"
    return saved(plain(more=b"% Maria Quispe\n" + marked))


KINDS = {
    "a letter that means a name": a_letter_that_means_a_name,
    "names of typefaces, inks and resources": names_of_fonts_colours_and_layers,
    "a profile of colours": profile_of_colours,
    "behind a fax": behind_a_fax,
    "articles, views, signatures": articles_views_and_signatures,
    "beside the operators": beside_the_operators,
    "an image within the content": inline_image_beside_text,
    "forms within forms": forms_within_forms,
    "a group with a soft mask": transparency_group_and_soft_mask,
    "appearances of notes": appearances_of_notes,
    "a form in XML": form_of_xml,
    "labels of pages, named places, actions": page_labels_and_named_places,
    "tags that say more": tags_that_say_more,
    "files within the file": files_within_the_file,
    "objects in streams": objects_in_streams,
    "encrypted, with no password": encrypted_for_everybody,
    "linearized": linearized,
    "behind the end": behind_the_end,
    "an object of no table": an_object_of_no_table,
    "a pattern of letters": a_pattern_of_letters,
    "names of glyphs": names_of_glyphs,
    "outside what is shown": outside_what_is_shown,
    "metadata of pages and pictures": metadata_of_pages_and_pictures,
}
"""Kinds beyond the ways of :mod:`leaky_pdfs`."""


def turned(degrees):
    return lambda pdf: setattr(pdf.pages[0].obj, "Rotate", degrees)


def cropped(pdf):
    pdf.pages[0].obj.CropBox = Array([60, 600, 500, 760])


def moved(pdf):
    """A page whose corner is not where the space begins, and that is larger than its paper."""
    page = pdf.pages[0].obj
    page.MediaBox = Array([-50, 30, 562, 822])
    page.CropBox = Array([-400, 100, 540, 800])


def larger_unit(pdf):
    pdf.pages[0].obj.UserUnit = 2.5


def tiny(pdf):
    """A page of a tenth, so that its letters are a point high."""
    page = pdf.pages[0].obj
    page.MediaBox = Array([0, 0, 61.2, 79.2])
    page.Contents = pdf.make_stream(b"q .1 0 0 .1 0 0 cm\n" + page.Contents.read_bytes() + b"Q\n")


def huge(pdf):
    """A page of five times the paper, as plans have it, so that there are few dots to a point."""
    page = pdf.pages[0].obj
    page.MediaBox = Array([0, 0, 3060, 3960])
    page.Contents = pdf.make_stream(b"q 5 0 0 5 0 0 cm\n" + page.Contents.read_bytes() + b"Q\n")


def in_a_form(pdf):
    page = pdf.pages[0].obj
    form = _form(pdf, page.Contents.read_bytes())
    form.Matrix = Array([1, 0, 0, 1, 30, -20])
    page.Resources = Dictionary(XObject=Dictionary(A=form), Font=page.Resources.Font)
    page.Contents = pdf.make_stream(b"q .9 0 0 .9 0 0 cm /A Do Q\n")


def slanted(degrees):
    """A page that was copied askew: its lines climb, or sink, by some degrees."""
    sine, cosine = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    turn = b"q %.4f %.4f %.4f %.4f %d %d cm\n" % (
        *(cosine, sine, -sine, cosine),
        *((40, -40) if degrees > 0 else (-100, 100)),
    )

    def lay(pdf):
        page = pdf.pages[0].obj
        page.MediaBox = Array([-300, -300, 912, 1092]) if abs(degrees) > FEW else page.MediaBox
        page.MediaBox = Array([-900, -300, 912, 1292]) if abs(degrees) > STEEP else page.MediaBox
        page.Contents = pdf.make_stream(turn + page.Contents.read_bytes() + b"Q\n")

    return lay


FEW, STEEP = 7, 20


def outlined(pdf):
    """Letters with a thick outline, whose ink reaches beyond their boxes."""
    page = pdf.pages[0].obj
    page.Contents = pdf.make_stream(b"2 Tr 2 w\n" + page.Contents.read_bytes())


PLACINGS = {
    "as it is": lambda _: None,
    "turned by 90": turned(90),
    "turned by 180": turned(180),
    "turned by 270": turned(270),
    "cropped": cropped,
    "moved": moved,
    "turned and cropped": lambda pdf: (cropped(pdf), turned(90)(pdf)),
    "a larger unit": larger_unit,
    "tiny": tiny,
    "huge": huge,
    "in a form": in_a_form,
    "slanted": slanted(5),
    "slanted by less than a degree": slanted(0.9),
    "slanted downwards": slanted(-3.5),
    "slanted steeply": slanted(20),
    "slanted by a third of a right angle": slanted(30),
    "slanted by half a right angle": slanted(45),
    "slanted by more": slanted(-62),
    "outlined": outlined,
}
"""Ways to lay one page out."""


def placed(placing, shown=True):
    """A page that shows the name, or all but the name, which has its place all the same."""
    pdf = plain()
    page = pdf.pages[0].obj
    mode = b"2" if placing == "outlined" else b"0"
    apart = b") Tj %s Tr (%s) Tj %s Tr (" % (mode if shown else b"3", PERSON.encode(), mode)
    page.Contents = pdf.make_stream(page.Contents.read_bytes().replace(PERSON.encode(), apart))
    PLACINGS[placing](pdf)
    return saved(pdf)


def opened(body):
    return pikepdf.open(io.BytesIO(body))
