"""The columns of the registers that an office is run by; the reference is printed from here.

Beside the kinds of :mod:`.domain.columns`, a column's ``kind`` may be ``id`` (1 to 80 of small
letters, digits and ``/ . -``: it may stand in the log), ``label`` (1 to 200 letters, digits and
``/ . _ : -``: it may stand in an answer) and ``salt`` (32 to 64 hex digits drawn at random: the
digest of a register with names in it tells no name).
"""

from ostiary.domain.columns import Column

PARAMETERS = (
    "days-to-counsel",
    "days-to-disposal",
    "days-of-notice",
    "days-of-ai-notice",
    "days-to-appeal",
    "days-to-conference",
)
"""The numbers of the register ``parameters`` that something asks for."""

REGISTERS: dict[str, tuple[Column, ...]] = {
    "agencies": (
        Column("agency", "id", "id of the agency"),
        Column("name", "text", "its name"),
        Column("federal", "flag", "`true` for an agency in the sense of 5 USC 551(1)"),
        Column("from", "date", "first day"),
        Column("until", "date", "last day; empty while it stands"),
        Column(
            "roles",
            "text",
            "with `;` between: `law-enforcement`, `intelligence`, `state-tax`, `benefits`,"
            " `student-aid`, `marketplace`, `local`, `state-copies`",
            required=False,
        ),
        Column("parent", "text", "agency that it is a component of; empty if none", required=False),
    ),
    "offenses": (
        Column("offense", "text", "USLM id of a section or what is within it, or of a whole title"),
        Column("kind", "text", "`criminal`, `tax`, `civil`, `none` or `undetermined`"),
        Column("from", "date", "first day"),
        Column("until", "date", "last day; empty while it stands"),
        Column("read_on", "date", "day of the text of the Code that it was read in"),
    ),
    "offense_parts": (
        Column("offense", "text", "USLM id of a section that the register of offences has"),
        Column(
            "parts",
            "text",
            "the parts that it has, first steps within it alone, with `;` between; or `undivided`",
        ),
        Column("from", "date", "first day"),
        Column("until", "date", "last day; empty while it stands"),
        Column("read_on", "date", "day of the text of the Code that it was read in"),
    ),
    "provision_classes": (
        Column("provision", "text", "USLM id of a provision that requests name"),
        Column(
            "concerns",
            "text",
            "column of the request that names it: `removal_basis` or `programme`",
        ),
        Column(
            "class",
            "text",
            "what the rules call it: `deportable`, `inadmissible`; `plain`, `housing`,"
            " `earnings-alone`, `without-subclause`",
        ),
        Column("within", "flag", "`true` where what stands within it is of this class too"),
        Column("from", "date", "first day"),
        Column("until", "date", "last day; empty while it stands"),
        Column("read_on", "date", "day of the text of the Code that it was read in"),
    ),
    "court_leaves": (
        Column("order", "id", "id of the order: the name of its file"),
        Column("docket_entry", "text", "docket entry of the leave"),
        Column("agency", "text", "agency that may be answered"),
        Column("from", "date", "day of the leave"),
        Column("until", "date", "last day; empty while it has none"),
        Column("provision", "text", "under this provision alone; empty for all", required=False),
        Column("matter_number", "text", "in this matter alone; empty for all", required=False),
    ),
    "court_notices": (
        Column("order", "id", "id of the order: the name of its file"),
        Column("agency", "text", "agency that is to be answered"),
        Column("given_on", "date", "day on which all who are to have notice had it"),
        Column("hours", "text", "hours that the order wants between notice and answer"),
        Column("told", "text", "who had notice: `court`, `plaintiffs`"),
        Column("proof", "text", "docket entry or receipt that shows it"),
        Column("provision", "text", "for this provision alone; empty for all", required=False),
        Column("matter_number", "text", "for this matter alone; empty for all", required=False),
        Column("given_by", "text", "who gave it, by office", required=False),
    ),
    "people_in_orders": (
        Column("order", "id", "id of the order that is about this person"),
        Column("given_name", "text", "given name", required=False),
        Column("surname", "text", "surname"),
        Column("birth_date", "date", "date of birth; empty if not known"),
        Column("salt", "salt", "32 hex digits drawn at random"),
        Column("from", "date", "first day"),
        Column("until", "date", "last day; empty while it stands"),
    ),
    "agreements": (
        Column("agreement", "id", "id of a standing agreement, as requests name it"),
        Column("agency", "text", "agency that is a party"),
        Column("provision", "text", "USLM id of the provision it is under"),
        Column("from", "date", "first day"),
        Column("until", "date", "last day; empty while it has none"),
    ),
    "arrangements": (
        Column("agency", "text", "agency that receives"),
        Column("kind", "text", "`cloud`, `contractor`, `subcontractor`, `tax-modelling`, ..."),
        Column("from", "date", "first day on which what is received is held or used so"),
        Column("until", "date", "last day; empty while it goes on"),
    ),
    "signers": (
        Column("signer", "text", "id of the office-holder (an office, not a person's name)"),
        Column("agency", "text", "agency signed for"),
        Column("office", "text", "rank as the statute lists it, such as `agency-head`"),
        Column("from", "date", "first day in office"),
        Column("until", "date", "last day; empty while in office"),
    ),
    "officers": (
        Column("officer", "label", "id of an officer or employee of the agency"),
        Column("agency", "text", "agency the officer belongs to"),
        Column("employee", "flag", "`true` for an officer or employee, `false` for a contractor"),
        Column("from", "date", "first day"),
        Column("until", "date", "last day; empty while engaged"),
        Column("encryption_key", "text", "public key that answers are sealed to", required=False),
        Column(
            "certified_until",
            "date",
            "of a contractor: until when the certificate under 6103(p)(9) holds",
            required=False,
        ),
    ),
    "safeguards": (
        Column("agency", "text", "agency that receives"),
        Column("report_date", "date", "day of its last Safeguard Security Report"),
        Column(
            "corrective_plan_due", "date", "day a corrective action plan falls due; empty if none"
        ),
        Column("suspended_from", "date", "first day of a suspension; empty if none"),
        Column("suspended_until", "date", "last day of the suspension; empty while it stands"),
        Column("first_report_date", "date", "day of its first report", required=False),
        Column(
            "report_due",
            "date",
            "a day on which its yearly report falls due; 31 January unless given",
            required=False,
        ),
        Column(
            "mitigation_plan_due",
            "date",
            "day a plan against a critical finding falls due; empty if none",
            required=False,
        ),
    ),
    "suspensions": (
        Column("suspension", "id", "id of the suspension, such as `dhs-ice-2025-1`"),
        Column("agency", "text", "agency that is cut off, with all its components"),
        Column("ground", "text", "`unauthorized-disclosure` or `inadequate-safeguards`"),
        Column("safeguard", "text", "USLM id of what was not met: `/us/usc/t26/s6103/p/4/C`"),
        Column("notice_on", "date", "day the agency had the notice of the determination"),
        Column("at_once_from", "date", "first day, if it does not wait for the review"),
        Column("appealed_on", "date", "day the agency's appeal was received; empty if none"),
        Column("conference_on", "date", "day of the conference on it; empty if none"),
        Column("decided_on", "date", "day of the final determination; empty until then"),
        Column("suspended_from", "date", "first day by the final determination; empty if none"),
        Column("lifted_from", "date", "first day on which answers may go again"),
        Column(
            "at_once_why",
            "text",
            "why tax administration would be seriously impaired if it waited",
            required=False,
        ),
        Column("outcome", "text", "of the review: `upheld` or `set-aside`", required=False),
        Column("lifted_why", "text", "why it is lifted", required=False),
    ),
    "notices": (
        Column("agency", "text", "agency that gave notice"),
        Column("kind", "text", "`artificial-intelligence`, `cloud`, ..."),
        Column("given_on", "date", "day of the notice"),
        Column(
            "acknowledged_on", "date", "day the Office of Safeguards acknowledged it; empty if not"
        ),
        Column("objected_on", "date", "day it objected; empty if not", required=False),
        Column("system", "text", "of artificial intelligence: the system", required=False),
        Column("model", "text", "its model, with version", required=False),
        Column("purpose", "text", "what it is to analyse answers for", required=False),
        Column("runs_at", "text", "where it runs", required=False),
        Column("responsible", "text", "who is responsible for it, by office", required=False),
    ),
    "clients": (
        Column("client", "id", "id of a program that calls the API"),
        Column("agency", "text", "agency it speaks for"),
        Column("public_key", "text", "key that it signs its assertions with"),
        Column("from", "date", "first day"),
        Column("until", "date", "last day; empty while it may call"),
    ),
    "webhooks": (
        Column("agency", "text", "agency that is told when one of its requests has a new status"),
        Column("url", "text", "where, `https` and of the public internet"),
        Column("from", "date", "first day"),
        Column("until", "date", "last day; empty while it is told"),
    ),
    "reviewers": (
        Column("officer", "id", "id of a disclosure officer of the custodian"),
        Column("public_key", "text", "key the officer's approvals are checked with"),
        Column("from", "date", "first day"),
        Column("until", "date", "last day; empty while in office"),
    ),
    "receipt_keys": (
        Column("officer", "label", "id of a recipient, as in `officers.csv`"),
        Column("signing_key", "text", "public key that the officer's receipts are checked with"),
        Column("from", "date", "first day"),
        Column("until", "date", "last day; empty while it is in use"),
    ),
    "conditions": (
        Column("provision", "text", "USLM id of the provision that an answer is given under"),
        Column("federal", "flag", "`true` where the recipients are of a Federal agency"),
        Column("sole_use", "text", "who may use the answer, and for what"),
        Column("felony", "text", "what it is to disclose it without authority"),
        Column("disposal", "text", "what is done when the use is completed"),
        Column("from", "date", "first day"),
        Column("until", "date", "last day; empty while it stands"),
        Column("cites", "text", "USLM id of the rule on disposal"),
    ),
    "parameters": (
        Column("parameter", "id", f"one of `{'`, `'.join(PARAMETERS)}`"),
        Column(
            "provision", "text", "USLM id of the provision; empty for all others", required=False
        ),
        Column("value", "text", "whole number"),
        Column("from", "date", "first day"),
        Column("until", "date", "last day; empty while it stands"),
        Column("cites", "text", "USLM id of what it rests on"),
        Column("authority", "text", "whose number it is, in words"),
    ),
    "retention": (
        Column(
            "kind",
            "id",
            "`answered`, `unanswered`, `returned`, `suspended` or `to-counsel`: what a request had"
            " come to",
        ),
        Column("years", "text", "how long its openings are kept, in whole years"),
        Column("authority", "text", "the rule or policy that says so"),
    ),
}

KEY_COLUMNS = {
    "reviewers": "public_key",
    "officers": "encryption_key",
    "receipt_keys": "signing_key",
    "clients": "public_key",
}
"""Where a register holds public keys, each under the id in its first column."""
