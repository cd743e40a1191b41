"""Makes the registers of offences from a copy of the United States Code in Markdown.

``python tools/offense_register.py CODE READ_ON > book/registers/offenses.csv``
``python tools/offense_register.py CODE READ_ON parts > book/registers/offense_parts.csv``

What it looks for is words of punishment by imprisonment or a criminal fine; so what it calls
`criminal` punishes, and what it misses is `undetermined` or not listed, and goes to an officer. In
titles 8, 18 and 21 every section that stands in force is listed, so that a number which no section
has is none. Within a section that punishes, a subsection that the
Code itself heads or begins as civil (a penalty, an action, an injunction) and that has no word of
punishment is `civil`, one of definitions is `none`, and what is forfeited goes to an officer; so
does what stands beside a crime, such as who arrests, which court judges and what a defence is.
So is `civil` or `none`, in every title, a section that is
headed as civil, or as the suit of a citizen, a State or whoever was harmed, as remedies or
liability, and punishes nobody. Which parts a section that punishes has is a register of its own, by
the first step within it: a part that no section has is no crime, and goes to an officer. It stores
identifiers, and no text.
"""

import csv
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from string import ascii_lowercase

from ostiary.deciding.law.code.markdown import sections
from ostiary.deciding.law.code.structure import parts

FROM = "2025-01-01"
LISTED_WHOLE = ("t8", "t18", "t21")
CRIMES = range(1, 2726)  # part I of title 18; what follows is procedure, prisons and juveniles
_PUNISHES = re.compile(
    r"\b(fined|fine of|guilty of|punish\w*|convicted|conviction)\b[^.]{0,300}\bimprison"
    r"|\bimprison\w*\b[^.]{0,300}\b(fined|a fine|under title 18|convict\w*)\b"
    r"|guilty of an? (class \w )?(misdemeanor|felony|offense)"
    r"|shall be (fined|punished) under (this title|title 18)"
    r"|subject to the same penalties|punishable as a principal|is an accessory after the fact",
    re.IGNORECASE,
)
_PUNISHES_PLAINLY = re.compile(
    r"shall be (punished|fined|imprisoned)[^.]{0,200}\bimprison", re.IGNORECASE
)
_WORDS = re.compile(r"[A-Za-z]{3}")

# A subsection begins a line; in some titles its heading, or the words before its first paragraph,
# are set as a heading, and in others nothing is.
_SUBSECTION = re.compile(r"(#{5,6} )?\(([a-z]{1,2})\)\s*(.*)")
_CIVIL_HEAD = re.compile(
    r"\bcivil (action|penalt|remed|fine|money|liabil|enforce|damages|suit|forfeit|injunct|investig)"
    r"|^(class [i1]+ )?administrative (civil )?(penalt|fine|assess|money|enforce|remed|sanction)"
    r"|^monetary penalt|^forfeiture penalt|^debarment\b"
    r"|^injuncti|^private right of action|^recovery of damages"
    # what a citizen, a State or whoever was harmed may bring, and what they get by it
    r"|^(citizen|personal|private)(s|'s|s')? (civil )?(enforce|actions?\b|suits?\b)|^state suits?\b"
    r"|^private (rights?|causes?) of action|^enforcement by (private|state attorneys)"
    r"|^suits? (by|for|in equity|to)\b|^cause of action\b|^cease[- ]and[- ]desist"
    r"|^actions? (by|of|on behalf of) (the )?"
    r"(private|persons?|individual|injured|states?\b|(state )?attorneys?)"
    r"|^actions? (for|to recover) (damages|(\w+ )?(charges|claims|costs|penalt))"
    r"|^(additional |judicial |injunctive )?remed(y|ies)\b"
    r"|^(judicial|injunctive|equitable|declaratory) relief"
    r"|^liability (for|to|of|under)\b|^damages\b",
    re.IGNORECASE,
)
# What is forfeited, and by what procedure, is no crime; as a part of a sentence it may be charged
# with one, so a person reads it.
_FORFEITS = re.compile(
    r"(criminal |mandatory )?(seizures?( and|,) )?forfeitures?\b"
    r"|(\(1\)\s*)?(any|all|the)\b[^.]{0,1200}?\bshall be (subject to |liable to )?"
    r"(seizure|seized|forfeit)",
    re.IGNORECASE,
)
_MAY_PUNISH = re.compile(
    r"deemed guilty|criminal penalt|shall be subject to prosecution|upon conviction", re.IGNORECASE
)
_CRIMINAL_HEAD = re.compile(r"criminal|prosecut|offense|crime", re.IGNORECASE)
_CIVIL_BEGIN = re.compile(
    r"(\(1\)\s*)?(in general[ .]*|penalty amounts?[ .]*)?"
    r"(whoever|any (person|individual|employer|operator|miner)|an? (person|individual)|the owner"
    r"|except as|the attorney general may bring a civil action|a civil penalty)"
    r"[^.]{0,400}?(civil (money |monetary )?penalt|civil fine|civil action)",
    re.IGNORECASE,
)
_NO_OFFENSE_HEAD = re.compile(
    r"(definitions?( for chapter| relating to .*|; generally| and rules of construction)?"
    r"|[^;]*\bdefined"
    r"|short title|(annual |triennial |congressional )?reports?( to congress)?"
    r"|(rules and )?regulations|exclusive remedies)",
    re.IGNORECASE,
)
# What words mean is no offence; but crimes of title 18 are charged by it, as 1951(b)(1) is, so a
# person reads it there.
_DEFINES = re.compile(
    r"definitions?\b|[^.;]{0,60}\bdefined\b"
    r"|(\(1\)\s*)?(as used in|for (the )?purposes? of|in) this (section|chapter)\b"
    r"[^.;]{0,60}(\bterms?\b|\bword\b|\N{LEFT DOUBLE QUOTATION MARK})"
    r"|the (terms?|words?) \N{LEFT DOUBLE QUOTATION MARK}",
    re.IGNORECASE,
)
_REACHES_NOT = re.compile(
    r"(this section|subsection \(a\)|subsections \(a\) and \(b\))"
    r" (does|do|shall) not (apply|prohibit)"
    r"|nothing in this (section|chapter) (shall|may|is)\b",
    re.IGNORECASE,
)
# What a section that punishes has beside its crime: who arrests and judges, what is proved, what a
# defence is, money and reports. Nobody is charged with it alone, so a person reads it.
_BESIDE_HEAD = re.compile(
    r"((exclusive|extraterritorial|federal|district court) )*jurisdiction( and venue)?"
    r"|jurisdiction (of|to restrain)\b.*|venue( and procedure)?|statutes? of limitations?"
    r"|(affirmative )?defenses?|bar to prosecution|limitation on prosecution"
    r"|limitation on collateral attack\b.*"
    r"|authorizations? (of|for) appropriations?\b.*|funding|effective date\b.*|severability"
    r"|(rules? of )?construction( with other laws?| of provisions)?"
    r"|limitation on statutory construction|savings (provisions?|clause)|preemption"
    r"|relation(ship)? to (other|state) laws?|offenses under other laws"
    r"|authority to arrest|arrest of suspects|powers of (authorized|law enforcement) officers"
    r"|admissibility of\b.*|(rebuttable )?presumption|((state of mind )?proof) requirements?"
    r"|(mandatory )?restitution|victim impact statement|witness (fees|protection)"
    r"|(fees and mileage|deposition)\b.*|outreach program|stud(y|ies) (of|and)\b.*"
    r"|reports?( to| by)\b.*|judicial review\b.*|appeals?|stay of proceedings"
    r"|guidelines by\b.*|exceptions?|exemptions?|(in|non-?)applica(tion|bility)\b.*",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"there is extraterritorial\b|it (is|shall be) an? (affirmative )?defense\b"
    r"|nothing (contained )?in this (section|chapter)\b|no prosecution\b"
    r"|(in )?a prosecution (of|for|under)\b|if federal investigative\b"
    r"|there (is|are) (hereby )?authorized to be appropriated",
    re.IGNORECASE,
)
_HEADING = re.compile(r"^#### \[?§+\s*([0-9][^\s]*?)\.?\s+(.*)$", re.MULTILINE)

# What reading must say, because no pattern can: 26 USC is about tax throughout (6103(b)(4), (h));
# removal and detention are civil; and of 8 USC 1253, (a)(1) and (b) punish and (c) is civil.
BY_HAND = {
    "/us/usc/t26": "tax",
    "/us/usc/t8": "none",
    "/us/usc/t18": "none",
    "/us/usc/t21": "none",
    "/us/usc/t8/s1101": "none",  # definitions
    "/us/usc/t8/s1153": "none",  # visas
    "/us/usc/t8/s1158": "none",  # asylum
    "/us/usc/t8/s1182": "civil",  # grounds of inadmissibility
    "/us/usc/t8/s1184": "undetermined",
    "/us/usc/t8/s1221": "civil",  # lists of passengers
    "/us/usc/t8/s1222": "civil",  # detention for examination
    "/us/usc/t8/s1225": "civil",  # inspection and expedited removal
    "/us/usc/t8/s1226": "civil",
    "/us/usc/t8/s1226a": "civil",  # detention
    "/us/usc/t8/s1228": "civil",  # expedited removal
    "/us/usc/t8/s1229": "civil",  # removal proceedings
    "/us/usc/t8/s1227": "civil",
    "/us/usc/t8/s1229a": "civil",
    "/us/usc/t8/s1229b": "civil",  # cancellation of removal
    "/us/usc/t8/s1229c": "civil",  # voluntary departure
    "/us/usc/t8/s1230": "none",  # records of admission
    "/us/usc/t8/s1231": "civil",
    "/us/usc/t8/s1253": "undetermined",
    "/us/usc/t8/s1253/a/1": "criminal",
    "/us/usc/t8/s1253/a/2": "none",  # what is no violation
    "/us/usc/t8/s1253/a/3": "none",  # suspension of the sentence
    "/us/usc/t8/s1253/d": "none",  # visas of other countries' nationals
    "/us/usc/t8/s1253/b": "criminal",
    "/us/usc/t8/s1253/c": "civil",
    "/us/usc/t8/s1324a/e": "civil",  # cease and desist, civil penalties
    "/us/usc/t8/s1324a/g": "civil",  # indemnity bonds
    "/us/usc/t8/s1324b": "civil",  # unfair employment practices
    "/us/usc/t8/s1324c": "undetermined",  # (a) to (d) are civil
    "/us/usc/t8/s1324c/e": "criminal",
    "/us/usc/t8/s1365": "none",  # payments to States
    "/us/usc/t8/s1535": "undetermined",
    "/us/usc/t8/s1721": "undetermined",
    "/us/usc/t18/s3061": "undetermined",
    "/us/usc/t18/s3142": "none",  # bail
    "/us/usc/t18/s3146": "criminal",  # failure to appear
    "/us/usc/t18/s3273": "undetermined",
    "/us/usc/t18/s3521": "undetermined",
    "/us/usc/t18/s3559": "none",  # classes of offences
    "/us/usc/t21/s331": "criminal",  # what section 333 punishes
    # the heading says so; words of punishment in them are of other sections
    "/us/usc/t5/s552a": "undetermined",  # (i) punishes
    "/us/usc/t5/s552a/i": "criminal",  # misuse of records about individuals
    "/us/usc/t7/s2024/f": "undetermined",  # forfeiture after conviction
    "/us/usc/t8/s1324/b": "civil",  # seizure and forfeiture of conveyances
    "/us/usc/t11/s727": "civil",  # discharge in bankruptcy
    "/us/usc/t11/s1141": "none",  # plans
    "/us/usc/t11/s1228": "none",  # discharge
    "/us/usc/t11/s1328": "none",  # discharge
    "/us/usc/t28/s636": "none",  # powers of magistrate judges
    "/us/usc/t28/s994": "none",  # duties of the Sentencing Commission
    "/us/usc/t28/s1495": "none",  # jurisdiction
    "/us/usc/t28/s1826": "civil",  # recalcitrant witnesses
    "/us/usc/t8/s1252": "none",  # review of removal by courts
    "/us/usc/t15/s45": "civil",  # unfair methods of competition
    "/us/usc/t18/s5": "none",  # definitions
    "/us/usc/t18/s248/c": "civil",  # civil remedies
    "/us/usc/t18/s921": "none",  # definitions
    "/us/usc/t18/s981": "civil",  # civil forfeiture
    "/us/usc/t18/s983": "civil",  # civil forfeiture
    "/us/usc/t18/s1030/g": "civil",  # a civil action of whoever is harmed
    "/us/usc/t18/s1345": "civil",  # injunctions
    "/us/usc/t18/s1514": "civil",  # restraint of harassment
    "/us/usc/t18/s1595": "civil",  # civil remedies
    "/us/usc/t18/s1836": "civil",  # civil proceedings
    "/us/usc/t18/s1961": "none",  # definitions
    "/us/usc/t18/s1964": "civil",  # civil remedies
    "/us/usc/t18/s2255": "civil",  # civil remedies
    "/us/usc/t18/s2333": "civil",  # civil remedies
    "/us/usc/t18/s2339B/b": "civil",  # civil penalty of a financial institution
    "/us/usc/t18/s2516": "none",  # authority to intercept
    "/us/usc/t18/s2520": "civil",  # civil remedies
    "/us/usc/t18/s2707": "civil",  # civil action
    "/us/usc/t18/s2724": "civil",  # civil action
    "/us/usc/t21/s802": "none",  # definitions
    "/us/usc/t21/s842/c/1": "civil",  # civil penalties; (2) punishes
    "/us/usc/t21/s844a": "civil",  # civil penalty for possession
    "/us/usc/t21/s853": "undetermined",  # forfeiture after conviction
    "/us/usc/t21/s881": "civil",  # forfeiture of property
    "/us/usc/t21/s970": "undetermined",  # forfeiture after conviction
    "/us/usc/t22/s2778/e": "civil",  # powers of enforcement, and civil penalties
    "/us/usc/t28": "none",  # courts and their procedure
    "/us/usc/t29/s501/a": "civil",  # duties of officers of unions
    "/us/usc/t29/s501/b": "civil",  # an action of a member; (c) punishes
    "/us/usc/t29/s1132": "civil",  # civil enforcement
    "/us/usc/t31/s3729": "civil",  # false claims
    "/us/usc/t31/s3730": "civil",  # civil actions for false claims
    "/us/usc/t31/s5321": "civil",  # civil penalties
    "/us/usc/t33/s412": "criminal",  # masters and pilots: guilty, and punished as section 411 says
    "/us/usc/t33/s442": "criminal",  # officers of towing vessels: the same
    "/us/usc/t33/s1319/d": "civil",  # civil penalties
    "/us/usc/t34/s10613": "none",  # definition
    "/us/usc/t34/s12242": "none",  # definitions
    "/us/usc/t34/s20911": "none",  # definitions
    "/us/usc/t34/s40741": "none",  # definitions
    "/us/usc/t34/s60502": "none",  # definitions
    "/us/usc/t42/s408/b": "undetermined",  # restitution at sentencing
    "/us/usc/t42/s1983": "civil",  # civil action
    "/us/usc/t42/s1320a-7a": "civil",  # civil monetary penalties
    "/us/usc/t42/s2000e-5": "civil",  # enforcement by actions
    "/us/usc/t42/s2000e-5/b": "criminal",  # making a charge public
    "/us/usc/t42/s7413/b": "civil",  # civil judicial enforcement
    "/us/usc/t52/s30109/a": "civil",  # conciliation and civil actions of the Commission
    "/us/usc/t49/s521": "undetermined",  # (b)(6) punishes, the rest is civil
    "/us/usc/t49/s31301": "none",  # definitions
}


def offenses(folder: Path) -> Iterator[tuple[str, str]]:
    """Give what a copy of the Code lists: identifier and kind."""
    found = dict(BY_HAND)
    heads = _headings(folder)
    for identifier, lines in sections(folder):
        text = " ".join(lines)
        kind = _kind(identifier, text)
        if kind != "criminal":
            kind = _kind_of_heading(identifier, heads.get(identifier, ""), text) or kind
        if kind:
            kind = found.setdefault(identifier, kind)
        if kind in {"criminal", "undetermined"}:
            charged = identifier.startswith("/us/usc/t18/")
            for one, inner in _within(lines, definitions=kind == "criminal", charged=charged):
                found.setdefault(f"{identifier}/{one}", inner)
    yield from sorted(found.items(), key=_order)


def _kind(identifier: str, text: str) -> str:
    title, number = identifier.split("/")[3], int(re.findall(r"\d+", identifier.split("/")[4])[0])
    if title == "t26" or not _WORDS.search(text):
        return ""
    if title == "t18" and number not in CRIMES:
        return "criminal" if _PUNISHES_PLAINLY.search(text) else ""
    if _PUNISHES.search(text):
        return "criminal"
    return "undetermined" if title in LISTED_WHOLE else ""


def _headings(folder: Path) -> dict[str, str]:
    """Give the headings of the sections, by identifier."""
    found = {}
    for path in sorted(folder.glob("**/title-*/*.md")):
        if head := _HEADING.search(path.read_text(encoding="utf-8")):
            title = f"t{path.parent.name.removeprefix('title-').lstrip('0')}"
            number = head[1].replace("\N{EN DASH}", "-").rstrip(".")
            found.setdefault(f"/us/usc/{title}/s{number}", head[2].lstrip("—. "))
    return found


def _kind_of_heading(identifier: str, heading: str, text: str) -> str:
    """Give what a heading says of a section that has no word of punishment."""
    title = identifier.split("/")[3]
    if title != "t26" and _CIVIL_HEAD.match(heading) and not _CRIMINAL_HEAD.search(heading):
        # Liability and remedies may be of either kind; what is headed as civil is not.
        doubtful = not heading.lower().startswith("civil") and _MAY_PUNISH.search(text)
        return "" if doubtful else "civil"
    listed = title in LISTED_WHOLE and _NO_OFFENSE_HEAD.fullmatch(heading.strip(" ."))
    return "none" if listed else ""


def _within(lines: list[str], *, definitions: bool, charged: bool) -> Iterator[tuple[str, str]]:
    """Give the subsections that are no offence, of a section that has one or may have."""
    for name, (heading, text) in _subsections(lines).items():
        if _PUNISHES.search(f"{heading} {text}"):
            continue
        if _CIVIL_HEAD.search(heading) or _CIVIL_BEGIN.match(text):
            yield name, "civil"
        elif (
            _FORFEITS.match(heading)
            or _FORFEITS.match(text)
            or (definitions and charged and (_DEFINES.match(heading) or _DEFINES.match(text)))
        ):
            yield name, "undetermined"
        elif definitions and _no_offense(heading, text):
            yield name, "none"
        elif definitions and (_BESIDE_HEAD.fullmatch(heading.strip(" .")) or _BESIDE.match(text)):
            yield name, "undetermined"


def _no_offense(heading: str, text: str) -> bool:
    """Say whether a subsection says what words mean, or to what its section does not reach."""
    return bool(
        _NO_OFFENSE_HEAD.fullmatch(heading.strip(" ."))
        or _DEFINES.match(text)
        or _REACHES_NOT.match(text)
    )


def _subsections(lines: list[str]) -> dict[str, tuple[str, str]]:
    """Give heading and text of each subsection; without headings, of a, b, c in order."""
    headed = any(line.startswith("##### (") for line in lines)
    found: dict[str, tuple[str, str]] = {}
    name = ""
    for line in lines:
        head = _SUBSECTION.match(line)
        if head and _begins(line, head[2], len(found), headed=headed):
            name = head[2]
            found.setdefault(name, _opening(head, headed=headed))
        elif name:
            heading, text = found[name]
            found[name] = (heading, f"{text} {line}".strip())
    return found


def _opening(head: re.Match[str], *, headed: bool) -> tuple[str, str]:
    """Give heading and first words; what is set as a heading and ends with no stop is words."""
    if headed or (head[1] and head[3].endswith(".")):
        return head[3], ""
    return "", head[3]


def _begins(line: str, letter: str, before: int, *, headed: bool) -> bool:
    if headed:
        return line.startswith("##### (")
    return before < len(ascii_lowercase) and letter == ascii_lowercase[before]


def _order(row: tuple[str, str]) -> tuple[tuple[int, str], ...]:
    return tuple((int("0" + re.sub(r"\D", "", part)), part) for part in row[0].split("/")[3:])


# Parts of what punishes within a section that does not as a whole, read one by one. The limbs of
# 8 USC 1253(a)(1) count in capitals or not, as the rules read them.
OWN_PARTS = {
    "/us/usc/t5/s552a/i": "1;2;3",
    "/us/usc/t8/s1253/a/1": "A;B;C;D;a;b;c;d",
    "/us/usc/t8/s1253/b": "undivided",
    "/us/usc/t8/s1324c/e": "1;2",
    "/us/usc/t42/s2000e-5/b": "undivided",
}


def parts_of(folder: Path) -> Iterator[tuple[str, str]]:
    """Give what punishes, a section or a part of one, with the first steps within it."""
    punish = {one for one, kind in offenses(folder) if kind == "criminal"}
    found: dict[str, set[str]] = {}
    for identifier, lines in sections(folder, punish):
        if identifier in punish:  # of what is within a section, the section has the parts
            known = found.setdefault(identifier, set())
            known |= {part[0] for part, _ in parts(lines) if part} | set(_subsections(lines))
            if {"h", "j"} <= known:  # `(i)` reads as a clause where it begins in another's text
                known.add("i")
    whole = {
        identifier: ";".join(sorted(known, key=lambda one: (len(one), one))) or "undivided"
        for identifier, known in found.items()
    }
    yield from sorted((whole | OWN_PARTS).items(), key=_order)


def main() -> None:
    """Write one of the registers."""
    folder, read_on, *which = Path(sys.argv[1]), *sys.argv[2:]
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["offense", "parts" if which else "kind", "from", "until", "read_on"])
    for identifier, said in (parts_of if which else offenses)(folder):
        writer.writerow([identifier, said, FROM, "", read_on])


if __name__ == "__main__":
    main()
