"""The words of letters to a person, in English and Spanish; see :mod:`.letters.persons`.

Every letter has the same sentences about what may be kept back, whether anything is or not.
"""

from dataclasses import dataclass

from ostiary.domain.languages import Language


@dataclass(frozen=True, slots=True)
class PersonWords:
    """Sentences of a letter to a person in one language.

    Attributes:
        subject: heading of the view; of the notice of a recall; of the notice of 26 USC 7431(e).
        represents: in whose place the letter goes to somebody, and whom "you" means then.
        asked: that identity was checked.
        nothing: that there is nothing to be told today.
        some: how many disclosures follow.
        heading: of one disclosure.
        facts: one disclosure: day, agency, provision; items; matter; reasons; recipients.
        answered: what was answered; and what beside it, where more was asked.
        called_back: of a disclosure, that its answer was recalled since: day.
        withheld: one that is withheld, and it is said: ground and day.
        kept_back: the heading, and the sentences that every letter has.
        rights: the heading, and what a person may do.
        recalled: that an answer about the person was recalled: day, agency.
        charged: that somebody is charged, or discipline is proposed: what, day of the act.
        page: the foot of a page.
        training: what every page of a training office's letter says.
    """

    subject: tuple[str, str, str]
    represents: str
    asked: str
    nothing: str
    some: str
    heading: str
    facts: tuple[str, str, str, str, str]
    answered: tuple[str, str]
    called_back: str
    withheld: str
    kept_back: tuple[str, str]
    rights: tuple[str, str]
    recalled: str
    charged: str
    page: str
    training: str


WORDS = {
    Language.ENGLISH: PersonWords(
        subject=(
            "What was disclosed about you",
            "An answer about you was called back",
            "Notice under 26 USC 7431(e)",
        ),
        represents=(
            'This letter goes to you because you act on behalf of {person}. Where it says "you", it'
            " means {person}."
        ),
        asked="You asked what was disclosed about you. We checked who you are before we looked.",
        nothing="There is no disclosure about you that this letter can tell today.",
        some="Disclosures about you that this letter can tell today: {count}.",
        heading="Disclosure {number}",
        facts=(
            "On {day} we told {agency} something about you, under {provision}.",
            "What was asked: {items}.",
            "What it was for, as the agency said: {matter}.",
            "Why, as the agency said: {reasons}",
            "Who got it: {recipients}.",
        ),
        answered=(
            "What we answered: that the name and address which the agency had agree with our file.",
            "And, of what was asked beside it, what the law has us tell.",
        ),
        called_back="On {day} we called that answer back, and told the agency to use it no more.",
        withheld="A further disclosure is withheld until {until}, on this ground: {ground}.",
        kept_back=(
            "What a letter like this does not tell",
            (
                "The law lets an office tell later of what an investigation would suffer from."
                " Where it does, a letter says neither that there is something nor that there is"
                " nothing."
                " So this letter is no proof that nothing else was disclosed. You may ask again at"
                " any time."
            ),
        ),
        rights=(
            "What you may do",
            (
                "You may ask what was disclosed about you, under 5 USC 552a(c)(3) and 26 USC"
                " 6103(p)(3)(A). Where a return or return information of yours was inspected or"
                " disclosed against the law, you may sue for damages under 26 USC 7431, within two"
                " years of the day on which you learn of it: the United States, where its officer"
                " or employee did it, and else whoever did."
            ),
        ),
        recalled="On {day} we called back an answer about you that had been given to {agency}, and"
        " told it to use the answer no more.",
        charged="Somebody {what} because your return or return information was inspected or"
        " disclosed against the law on {day}. The law has us tell you so.",
        page="Page {number} of {last}",
        training="Training: no real case and no answer",
    ),
    Language.SPANISH: PersonWords(
        subject=(
            "Qué se divulgó sobre usted",
            "Se retiró una respuesta sobre usted",
            "Aviso según 26 USC 7431(e)",
        ),
        represents=(
            "Esta carta se dirige a usted porque actúa en nombre de {person}. Donde dice «usted»,"
            " se refiere a {person}."
        ),
        asked="Usted preguntó qué se divulgó sobre usted. Comprobamos antes su identidad.",
        nothing="No hay ninguna divulgación sobre usted que esta carta pueda informar hoy.",
        some="Divulgaciones sobre usted que esta carta puede informar hoy: {count}.",
        heading="Divulgación {number}",
        facts=(
            "El {day} comunicamos a {agency} algo sobre usted, según {provision}.",
            "Qué se preguntó: {items}.",
            "Para qué, según la agencia: {matter}.",
            "Por qué, según la agencia: {reasons}",
            "Quién lo recibió: {recipients}.",
        ),
        answered=(
            (
                "Qué respondimos: que el nombre y la dirección que tenía la agencia concuerdan con"
                " nuestro registro."
            ),
            "Y, de lo demás que se preguntó, lo que la ley nos manda comunicar.",
        ),
        called_back="El {day} retiramos esa respuesta y dijimos a la agencia que no la usara más.",
        withheld="Otra divulgación se reserva hasta el {until}, por este motivo: {ground}.",
        kept_back=(
            "Qué no informa una carta como esta",
            (
                "La ley permite informar más tarde de aquello que perjudicaría una investigación."
                " En ese caso una carta no dice ni que haya algo ni que no haya nada. Por eso esta"
                " carta no prueba que no se haya divulgado nada más. Puede volver a preguntar en"
                " cualquier momento."
            ),
        ),
        rights=(
            "Qué puede hacer usted",
            (
                "Usted puede preguntar qué se divulgó sobre usted, según 5 USC 552a(c)(3) y 26 USC"
                " 6103(p)(3)(A). Si una declaración suya o sus datos se examinaron o divulgaron"
                " contra la ley, puede demandar por daños según 26 USC 7431, dentro de los dos años"
                " desde el día en que usted lo sepa: a los Estados Unidos, si lo hizo un"
                " funcionario o empleado suyo, y si no, a quien lo hizo."
            ),
        ),
        recalled="El {day} retiramos una respuesta sobre usted que se había dado a {agency}, y le"
        " dijimos que no la usara más.",
        charged="Alguien {what} porque su declaración o sus datos se examinaron o divulgaron"
        " contra la ley el {day}. La ley nos obliga a informarle.",
        page="Página {number} de {last}",
        training="Ejercicio: ni caso ni respuesta reales",
    ),
}
CHARGES = {
    "charged": {
        Language.ENGLISH: "has been charged with a crime",
        Language.SPANISH: "ha sido acusado de un delito",
    },
    "discipline": {
        Language.ENGLISH: "is to be disciplined by the agency, as the agency proposes,",
        Language.SPANISH: "será sancionado por la agencia, según esta propone,",
    },
}
"""What may have happened to somebody, by the word of the command."""

ITEMS = {
    "address-confirmation": {
        Language.ENGLISH: "whether the address that the agency had is yours",
        Language.SPANISH: "si la dirección que tenía la agencia es la suya",
    },
    "unearned-income": {
        Language.ENGLISH: "income other than from work",
        Language.SPANISH: "ingresos que no provienen del trabajo",
    },
    "filing-status": {
        Language.ENGLISH: "filing status",
        Language.SPANISH: "estado civil para efectos de la declaración",
    },
    "number-of-individuals": {
        Language.ENGLISH: "the number of people on the return",
        Language.SPANISH: "el número de personas en la declaración",
    },
    "modified-adjusted-gross-income": {
        Language.ENGLISH: "modified adjusted gross income",
        Language.SPANISH: "ingreso bruto ajustado modificado",
    },
}
"""What an agency may have been told, by the word of the request: what this office answers with."""

STATED = {
    "investigation": {
        Language.ENGLISH: "an investigation",
        Language.SPANISH: "una investigación",
    },
    "proceeding": {
        Language.ENGLISH: "a proceeding",
        Language.SPANISH: "un procedimiento",
    },
    "grand-jury": {
        Language.ENGLISH: "a grand jury proceeding",
        Language.SPANISH: "un procedimiento ante un gran jurado",
    },
    "tax-administration": {
        Language.ENGLISH: "tax administration",
        Language.SPANISH: "la administración de impuestos",
    },
    "eligibility": {
        Language.ENGLISH: "whether somebody is eligible",
        Language.SPANISH: "si alguien cumple los requisitos",
    },
    "student-aid": {
        Language.ENGLISH: "aid to students",
        Language.SPANISH: "ayuda para estudiantes",
    },
    "danger": {
        Language.ENGLISH: "danger of death or injury",
        Language.SPANISH: "peligro de muerte o de lesiones",
    },
    "flight": {
        Language.ENGLISH: "flight from Federal prosecution",
        Language.SPANISH: "fuga ante un proceso penal federal",
    },
    "terrorism": {
        Language.ENGLISH: "terrorism",
        Language.SPANISH: "terrorismo",
    },
    "missing-child": {
        Language.ENGLISH: "a missing child",
        Language.SPANISH: "un menor desaparecido",
    },
    "exploited-child": {
        Language.ENGLISH: "an exploited child",
        Language.SPANISH: "un menor explotado",
    },
}
"""What a request said of its matter in a word of few, see ``domain.columns.CHOICES``."""
