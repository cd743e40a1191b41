"""The words of the public site, in English and Spanish.

The English sentence is the key: templates say ``_("Register")``. What the book says (titles,
purposes, rules) is not translated: its own words are what counts, and pages mark them as English.
"""

from collections.abc import Callable
from typing import Final

from ostiary.domain.languages import Language

SPANISH: Final = {
    # the frame of each page
    "Skip to the page": "Ir a la página",
    "Pages": "Páginas",
    "Register": "Registro",
    "Rule book": "Libro de reglas (en inglés)",
    "Log, and how to check it": "Bitácora, y cómo comprobarla",
    "En español": "In English",
    "Training office: everything here is synthetic.": (
        "Oficina de práctica: todo lo que hay aquí es inventado."
    ),
    "Made on {day} from log {log} at {size} entries.": (
        "Hecha el {day} con la bitácora {log}, de {size} asientos."
    ),
    "What is not stated in the book is shown as: not stated.": (
        "Lo que el libro no dice figura como: no consta."
    ),
    "The texts of the book are as they were read, in English.": (
        "Los textos del libro figuran como se leyeron, en inglés; esos son los que valen."
    ),
    # the register
    "Register of agreements, orders and policies": (
        "Registro de acuerdos, órdenes y normas internas"
    ),
    "Under which texts confidential tax records are asked for and answered: who takes part, by what"
    " power, for how long, and what of each text the public may not see.": (
        "Con qué textos se piden y se responden datos fiscales confidenciales: quién participa,"
        " con qué facultad, por cuánto tiempo, y qué parte de cada texto no puede ver el público."
    ),
    "As data:": "Como datos:",
    "The annual report counts what was asked and answered.": (
        "El informe anual (en inglés) cuenta lo que se pidió y se respondió."
    ),
    "The register": "El registro",
    "Text": "Texto",
    "Kind": "Clase",
    "Standing": "Situación",
    "Powers": "Facultades",
    "Parties": "Partes",
    "Days": "Días",
    "Withheld": "Reservado",
    "from {day}": "desde el {day}",
    "from {day} to {last}": "del {day} al {last}",
    "1 part": "1 parte",
    "{many} parts": "{many} partes",
    "nothing": "nada",
    "not stated": "no consta",
    "agreement": "acuerdo",
    "order of a court": "orden de un tribunal",
    "policy of the custodian": "norma interna de quien custodia los datos",
    "in force": "vigente",
    "ended": "terminado",
    "not yet in force": "aún no vigente",
    # one entry
    "Standing on {day}": "Situación el {day}",
    "What of it is law": "Qué parte es ley",
    "the parties' choice: it narrows the law, and gives no power itself": (
        "decisión de las partes: limita la ley y por sí mismo no da ninguna facultad"
    ),
    "law: what a court has ordered": "ley: lo que un tribunal ha ordenado",
    "the custodian's choice: it narrows the law, and is never called law": (
        "decisión de quien custodia los datos: limita la ley y nunca se llama ley"
    ),
    "discloses": "entrega los datos",
    "receives": "recibe los datos",
    "decides": "decide",
    "is bound": "está obligado",
    "Purpose": "Finalidad",
    "Benefits expected": "Beneficios que se esperan",
    "What an answer may say": "Qué puede decir una respuesta",
    "it is silent on that": "no dice nada de eso",
    "Speaks to requests of which": "Se refiere a las solicitudes en que",
    "Signed": "Firmado",
    "Begins": "Empieza",
    "Ends": "Termina",
    "no end is set": "sin término fijado",
    "Review": "Revisión",
    "by {day}": "a más tardar el {day}",
    "Read from": "Leído de",
    "What the public does not see": "Lo que el público no ve",
    "Part": "Parte",
    "Ground": "Motivo",
    "By whom": "Por quién",
    "Since": "Desde",
    "Until": "Hasta",
    "no end is known": "no se conoce término",
    "Nothing of it is known to be withheld.": "No se sabe de nada que se haya reservado.",
    "Its rules": "Sus reglas",
    "Rule": "Regla",
    "Says": "Dice",
    "Where": "Dónde",
    "It has no rules of its own.": "No tiene reglas propias.",
    "Versions": "Versiones",
    "it begins to speak": "empieza a regir",
    "its last day": "su último día",
    "another wording of": "otra redacción de",
    # the log
    "The log, and how to check it": "La bitácora, y cómo comprobarla",
    "Every request, look, vote and answer is an entry of a public log. Entries say that something"
    " was done, and not about whom. Once a checkpoint is out, no entry before it can be changed or"
    " left out unnoticed.": (
        "Cada solicitud, consulta, voto y respuesta es un asiento de una bitácora pública. Los"
        " asientos dicen que se hizo algo, y no acerca de quién. Publicado un punto de control,"
        " ningún asiento anterior puede cambiarse ni omitirse sin que se note."
    ),
    "The latest checkpoint": "El último punto de control",
    "{size} entries; keep this text: a later log must extend it.": (
        "{size} asientos; guarde este texto: una bitácora posterior tiene que ampliarlo."
    ),
    "As a file:": "Como archivo:",
    "The custodian's keys:": "Las claves de quien custodia los datos:",
    "The checkpoint": "El punto de control",
    "Keys": "Claves",
    "Witnesses": "Testigos",
    "They cosign each checkpoint only when it extends the one before.": (
        "Firman cada punto de control solo si amplía el anterior."
    ),
    "Nobody cosigns this log. Whoever keeps checkpoints can still show that two of them contradict"
    " each other.": (
        "Nadie más firma esta bitácora. Quien guarde puntos de control puede mostrar aun así que"
        " dos de ellos se contradicen."
    ),
    "Check it at home": "Compruébelo en casa",
    "Install the verifier; it knows nothing of an office:": (
        "Instale el verificador; no sabe nada de ninguna oficina:"
    ),
    "Copy the published log, or name its address; every hash is computed again, and every figure"
    " that entries state is counted again:": (
        "Copie la bitácora publicada o indique su dirección; se calcula de nuevo cada resumen"
        " criptográfico y se cuenta de nuevo cada cifra que los asientos declaran:"
    ),
    "Keep the checkpoint. Next time run:": "Guarde el punto de control. La próxima vez ejecute:",
    "An answer or a letter comes with a proof, which is checked without the log:": (
        "Una respuesta o una carta lleva una prueba, que se comprueba sin la bitácora:"
    ),
    "Laws this office decided by": "Leyes con las que decidió esta oficina",
    "Entry": "Asiento",
    "Orders": "Órdenes",
    "None has been adopted yet.": "Todavía no se ha adoptado ninguna.",
}
"""English sentences of the site, and what they are in Spanish."""


def words_in(language: Language) -> Callable[[str], str]:
    """Give what puts a sentence of the site into a language.

    Raises:
        KeyError: when it is asked for a sentence that has no Spanish; a test asks for all.
    """
    return str if language is Language.ENGLISH else SPANISH.__getitem__
