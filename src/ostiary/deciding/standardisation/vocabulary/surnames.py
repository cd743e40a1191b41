"""Suffixes and particles of names, and what people write where a name should stand."""

from ostiary.deciding.standardisation.terms import Table

_SUFFIXES = """
JR   JR JUNIOR JNR JUN HIJO
SR   SR SENIOR SNR SEN PADRE
II   II 2ND SECOND 2
III  III 3RD THIRD 3
IV   IV 4TH FOURTH 4 IIII
V    V 5TH FIFTH 5
"""
SUFFIXES = Table.of(
    "suffixes",
    {word: line.split()[0] for line in _SUFFIXES.strip().splitlines() for word in line.split()},
)
"""How a generation is written, to its standard form."""

SUFFIX_WORDS = "|".join(sorted(SUFFIXES.entries, key=len, reverse=True))
"""The same as a pattern: in its own field a suffix may stand beside a degree (SR., M.D.)."""

SUFFIX_AFTER_SURNAME = "JR|JUNIOR|JNR|SR|SENIOR|SNR|II|III|IV|V"
"""What ends a surname field without being part of the surname."""
SUFFIX_AFTER_GIVEN = "JR|JUNIOR|JNR|SR|SENIOR|SNR|II|III|IV"
"""The same behind a given name, where a lone V is a middle initial."""

TITLES = (
    "MR|MISTER|MRS|MS|MISS|MX|DR|DRA|DOCTOR|DOCTORA|REV|REVD|REVEREND|REVERENDO|HON|HONORABLE|"
    "PROF|PROFA|PROFESSOR|PROFESSORA|PROFESOR|PROFESORA|SIR|DAME|MADAM|FR|FATHER|PADRE|PERE|"
    "SISTER|MADRE|SOEUR|BROTHER|SR|BR|BRO|HERMANO|HERMANA|FRAY|SOR|ABBE|MSGR|MONS|MGR|MONSIGNOR|"
    "MONSENOR|DEACON|DCN|PASTOR|CHAPLAIN|VICAR|EVANGELIST|MINISTER|ARCHBISHOP|RABBI|IMAM|SWAMI|"
    "VEN|SRA|SRTA|SRITA|SENOR|SENORA|SENORITA|SENHOR|SENHORA|DONA|ING|INGENIERO|INGENIERA|LIC|"
    "LICDO|LICDA|LICENCIADO|LICENCIADA|LCDO|LCDA|ARQ|ARQUITECTO|ARQUITECTA|MAESTRO|MAESTRA|"
    "CONTADOR|CONTADORA|MME|MLLE|MONSIEUR|MADAME|MADEMOISELLE|HERR|FRAU|FRAULEIN|SIGNOR|SIGNORA|"
    "SIGNORINA|PAN|PANI|JUDGE|SENATOR|GOVERNOR|CONGRESSMAN|CONGRESSWOMAN|AMBASSADOR|PRESIDENT|"
    "SGT|SSGT|MSGT|TSGT|SFC|SERGEANT|CPL|LCPL|CORPORAL|PVT|PFC|SPC|PRIVATE|CPT|CAPT|CAPTAIN|LT|"
    "LTC|LTCOL|LIEUTENANT|COL|COLONEL|MAJ|GEN|GENERAL|ADM|ADMIRAL|CMDR|CDR|COMMANDER|ENS|ENSIGN|"
    "CWO|ST LT|II LT|THE HON|THE HONORABLE|THE REV|THE REVEREND|OFFICER|DET|DETECTIVE|DEPUTY|"
    "SHERIFF|TROOPER|NURSE|COACH"
)
"""How one is spoken to, and ranks, before a given name. What thousands of people bear as a given
name is no title (DON, BISHOP, MAJOR, DEAN), with two exceptions: DEACON, and DONA, which is what is
left of it without its tilde."""

MARKERS = (
    "THI|MD|MOHD|MUHD|MOHAMD|MST|MOST|MOSAMMAT|MUSAMMAT|MOSTT|MSTT|BIBI|BEGUM|BEGAM|KHATUN|KHATOON|"
    "SHEIKH|SHAIKH|SHEIK|SHAYKH|SK|SYED|SAYED|SAYYED|SYEDA|HAJI|HAJJI|HADJI|HAFIZ|HAFEZ|MAULANA|"
    "MAWLANA|MOULANA|MULLAH|MOLLA|MUFTI|SMT|SHRI|SHREE|SRIMATI|SHRIMATI|KAUR|SINGH|BINTI|BINTE|"
    "SITI|UMM|UMMU|MOULAY|LALLA|MALLAM|MALAM|ALHAJI|ALHAJA|HAJIA|ELHADJI|ELHADJ|SEYEDEH|SAYEDA|SHK|"
    "PANDIT|USTAD|USTAZ|QARI|DATO|DATUK|DATIN"
)
"""What stands before or behind the given names of all sisters, or of all brothers: titles and
markers of South and South-East Asia, of the Maghreb and of West Africa. The next word is the given
name."""

HALF_NAMES = "ABDUL|ABDEL|ABD|ABDOUL|ABDAL|ABDUR|ABDOU"
"""Halves of names, *servant of*: with what follows, ABDUL RAHIM is the name of one brother and
ABDUL KARIM that of the other; ABDUL HAQ is all of his name."""

WEAK_MIDDLE_NAMES = frozenset(("KUMAR", "KUMARI", "DEVI", "LAL", "PRASAD", "BHAI", "BEN", "VAN"))
"""Middle names that brothers and sisters have in common by custom; they can contradict, but say
nothing where they are equal."""

DEGREES = (
    "MD|M D|PHD|PH D|ESQ|ESQUIRE|DDS|D D S|DMD|D M D|DVM|D V M|DO|D O|JD|J D|CPA|C P A|RN|R N|MBA"
)
"""What one has learned, behind a surname."""

PARTICLES = (
    "DE|DEL|DELLA|DELLO|DI|DA|DAS|DOS|DU|D|LA|LAS|LE|LOS|VAN|VON|VANDER|VANDEN|VONDER|DER|DEN|DES|"
    "TEN|TER|TE|ZU|ZUM|ZUR|AF|AL|EL|UL|BIN|IBN|BINT"
)
"""Small words before a surname that people write apart, joined, or not at all."""

_JOINED = {
    "AL": "AMIN FARSI HASSAN HUSSEIN MASRI RASHID SAYED SHAMI TAMIMI",
    "DA": "COSTA CUNHA ROCHA ROSA SILVA",
    "DE": "ARMAS AVILA CASTRO GUZMAN HARO HOYOS JESUS LEON LUNA LUCA MARCO SANTIAGO SOUZA SOTO",
    "DEL": "ANGEL BOSQUE CAMPO CASTILLO MORAL OLMO PINO REAL RIO ROSARIO TORO VALLE",
    "DELA": "CERDA CRUZ FUENTE GARZA HOYA MORA O PAZ PENA RIVA ROCHA ROSA SERNA TORRE VEGA",
    "DELAS": "CASAS",
    "DELOS": "ANGELES REYES RIOS SANTOS",
    "DI": "BENEDETTO FRANCO GIOVANNI MARCO MARIA PAOLO PIETRO STEFANO",
    "DOS": "REIS SANTOS",
    "EL": "AMIN KHATIB SAYED",
    "LA": "FONTAINE ROCHE ROSA SALLE TORRE VEGA",
    "VAN": "BUREN DYKE HORN HOUTEN NESS NOY PELT WINKLE ZANDT",
    "VANDEN": "BERG BOSCH BROECK",
    "VANDER": "BERG HEYDEN MEER MEULEN PLOEG POOL VEEN VELDE WAL WEIDE WERF",
}
JOINED_PARTICLES = Table.of(
    "joined_particles",
    {particle + stem: stem for particle, stems in _JOINED.items() for stem in stems.split()},
)
"""Surnames with their particle grown on (DELACRUZ), to the stem. A list, never a rule: a rule
would read DELANEY as a particle and NEY."""

_NO_NAME = """
UNKNOWN UNKOWN UNKNOW UNKN UNK UNKNOWNUNKNOWN UNKUNK UNIDENTIFIED UNNAMED ANONYMOUS
NONE NONENONE NONAME NONAMEGIVEN NONEGIVEN NONAMEPROVIDED NOTPROVIDED NOTAVAILABLE NOTAPPLICABLE
NOTKNOWN NOTGIVEN NOTSTATED NOTLISTED NORECORD NODATA
FAILEDTOPROVIDE FAILTOPROVIDE FTP DIDNOTPROVIDE REFUSED REFUSEDTOPROVIDE DECLINED DECLINEDTOSTATE
WITHHELD REDACTED CONFIDENTIAL UNDISCLOSED UNSPECIFIED MISSING PLACEHOLDER
FNU LNU FNULNU NFN NLN NMN NMI FIRSTNAMEUNKNOWN LASTNAMEUNKNOWN FIRSTNAME LASTNAME GIVENNAME SURNAME
TESTTEST TESTING TESTUSER DUMMY TBD TBA
DONTCARE DONOTCARE DONTKNOW SAMEASABOVE SEEABOVE SEEATTACHED
RESPONDENT RESP HHM FEMALE ADULT REFUSE OLDEST ELDEST YOUNGEST OCCUPANT RESIDENT INMATE ROOMMATE
BOARDER STEPSON STEPDAUGHTER TODDLER SPOUSE UNRELATED NONRELATIVE BABYBOY BABYGIRL HOUSEHOLDMEMBER
HEADOFHOUSEHOLD
XX ASDF ASDFG ASDFGH QWERTY QWERTYUIOP ABCD ABCDEF
"""
NO_NAME = Table.of("no_name", dict.fromkeys(_NO_NAME.split(), "1"))
"""What is written, spaces left out, where no name is given. No real surname of note is among it:
DOE, NULL, NA, NO, SAMPLE, TEST and TESTER are names of people."""

NO_NAME_TWICE = Table.of(
    "no_name_twice",
    dict.fromkeys(
        ("NA", "NULL", "NIL", "NANA", "NULLNULL", "ANON", "TEST", "TESTER", "SAMPLE"), "1"
    ),
)
"""Real names that say nothing when given name and surname are *both* such words."""

NO_GIVEN_NAME = Table.of(
    "no_given_name",
    dict.fromkeys(
        (
            *("CHILD", "DAUGHTER", "FATHER", "MOTHER", "HUSBAND", "WIFE", "SPOUSE", "PARENT"),
            *("SISTER", "BROTHER", "NEPHEW", "NIECE", "GRANDCHILD", "GRANDSON", "GRANDDAUGHTER"),
            *("DAD", "MOM", "ADULT", "PERSON", "WOMAN", "FRIEND", "RESPONDENT", "INMATE"),
            *("MALE", "FEMALE", "INFANT", "RESIDENT", "OCCUPANT", "TENANT", "HOUSEHOLDER"),
            *("MR", "MRS", "MS", "SENOR", "SENORA", "GENTLEMAN", "LADY", "TEST"),
        ),
        "1",
    ),
)
"""Who somebody is to somebody, or how one is spoken to, where a given name should stand. Several
are surnames of people, so only the given name is judged by this list."""

NO_NAME_PHRASES = (
    "^(?:(?:MAN|MEN|LADY|WOMAN|GENTLEMAN|HEAD|OWNER|PERSON) )?(?:OF|IN) (?:THE )?"
    "(?:HOUSE|HOME|HOUSEHOLD)$|^NO (?:GIVEN |FIRST |LAST |SUR ?)?NAME(?: GIVEN)?$"
)
"""Pattern of what is said of somebody of whom no name was asked."""

NO_GIVEN_NAME_PHRASES = (
    "^(?:MAN|WOMAN|LADY|GENTLEMAN|SON|DAUGHTER|CHILD|BOY|GIRL|BABY|HEAD|OWNER|PERSON|WIFE|HUSBAND)"
    " (?:OF(?: |$)|IN THE(?: |$))"
)
"""The same where given and middle name should stand: MAN OF THE HOUSE. MAN IN is a name."""
