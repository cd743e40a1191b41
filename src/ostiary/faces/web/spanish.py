"""The words of pages that people outside an office read, in Spanish.

As on the public site (:mod:`ostiary.office.publication.words`) the English sentence is the key: a
template says ``{{ "Status"|in_language:language }}``. Pages of those who work in an office are in
English.
"""

from typing import Final

from ostiary.domain.languages import Language

SPANISH: Final = {
    # the frame of each page
    "Skip to the page": "Ir a la página",
    "Training": "Práctica",
    "Training: no real case, no answer.": "Práctica: ningún caso real, ninguna respuesta.",
    "En español": "In English",
    "What the words mean": "Qué significan las palabras (en inglés)",
    # status
    "Status": "Estado",
    "The office is up and serves.": "La oficina está en marcha y atiende.",
    "The office is up, and cannot decide anything now.": (
        "La oficina está en marcha, y ahora no puede decidir nada."
    ),
    "Whoever runs it finds out why with": "Quien la administra averigua por qué con",
    "Now": "Ahora",
    "Log last signed": "Última firma de la bitácora",
    "nothing is published yet": "aún no se ha publicado nada",
    "Anybody may read this page. It says nothing of what the office works on.": (
        "Cualquiera puede leer esta página. No dice nada de los asuntos de la oficina."
    ),
}


def in_language(sentence: str, language: Language | str) -> str:
    """Give a sentence in a language.

    Raises:
        KeyError: it has no Spanish; a test asks for all.
    """
    return SPANISH[sentence] if language == Language.SPANISH else sentence
