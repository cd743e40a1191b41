"""Extras: what a command needs that a bare installation lacks, told in one sentence.

``pip install ostiary`` brings what an outsider needs: verify a log and its proofs, run a witness,
open an answer, call the API. All else is an extra.
"""

EXTRAS = {
    "office": (
        "django",
        "duckdb",
        "jinja2",
        "markdown_it",
        "ninja",
        "numpy",
        "pyarrow",
        "pypdfium2",
        "python_calamine",
        "sqlglot",
        "waitress",
        "webauthn",
        "whitenoise",
        "xlsxwriter",
        "yaml",
    ),
    "letters": ("typst",),
    "redaction": ("pdfminer", "pypdf"),
    "prove": ("z3",),
    "postgres": ("psycopg",),
    "spark": ("pyspark",),
    "pkcs11": ("pkcs11",),
}
"""Modules of other people by the extra that brings them."""


def missing_extra(module: str | None) -> str:
    """Say which extra brings a module that is not installed; nothing where none does."""
    root = (module or "").partition(".")[0]
    extra = next((name for name, modules in EXTRAS.items() if root in modules), "")
    return extra and (
        f"this command needs `{root}`, which is not installed: pip install 'ostiary[{extra}]'"
    )
