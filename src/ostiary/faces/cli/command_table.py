"""Every command by name: where it is, what it does in one line, and who uses it.

``--help`` prints this table and reads no command; a test holds each line against the command.
"""

from ostiary.faces.cli.lazy_group import Commands, Listed

COMMANDS: Commands = {
    "Try it out": {
        "demo": Listed(
            "ostiary.faces.cli.demo:demo",
            "Walk the whole corridor on synthetic data and say where to look.",
        ),
        "synth": Listed(
            "ostiary.faces.cli.worlds:synth",
            "Make synthetic people, requests and registers in DIR, with the truth about each"
            " request.",
        ),
        "sandbox": Listed(
            "ostiary.faces.cli.sandbox:sandbox",
            "Make a sandbox for integrators in DIR: an office where nobody is real, and a program's"
            " key.",
        ),
        "bench": Listed("ostiary.faces.cli.bench:bench", "The measurements of docs/benchmarks.md."),
    },
    "The office": {
        "init": Listed(
            "ostiary.faces.cli.offices:init",
            "Make an office: a folder with settings, keys, case store and log.",
        ),
        "reference": Listed(
            "ostiary.faces.cli.offices:reference", "The custodian's reference file."
        ),
        "run": Listed(
            "ostiary.faces.cli.offices:run",
            "Run REQUESTS through the corridor: intake, law, matching, accounting.",
        ),
        "release": Listed(
            "ostiary.faces.cli.releases:release",
            "Seal what two officers have approved, and print where the answers lie.",
        ),
        "recall": Listed(
            "ostiary.faces.cli.recalls:recall",
            "Call answers back: exactly those affected, each with a sealed notice to its"
            " recipients.",
        ),
        "receipts": Listed(
            "ostiary.faces.cli.recalls:receipts",
            "What recipients sign about answers: that they were opened, and what became of them.",
        ),
        "dispose": Listed(
            "ostiary.faces.cli.disposals:dispose",
            "Destroy for good what retention.csv no longer has you keep; the log stays whole.",
        ),
        "report": Listed(
            "ostiary.faces.cli.reports:report",
            "Make the annual report (26 USC 6103(p)(3)(C)), counted from the log.",
        ),
        "publish": Listed(
            "ostiary.faces.cli.publications:publish",
            "Build the public site of OFFICE: its agreements, orders, policies, book and"
            " checkpoint.",
        ),
        "keys": Listed(
            "ostiary.faces.cli.registered_keys:keys",
            "See to keys in the registers that take the place of others, or stand beside them.",
        ),
        "clock": Listed(
            "ostiary.faces.cli.clocks:clock",
            "Let an office go on whose clock had leapt ahead: two officers sign what is right.",
        ),
        "safeguards": Listed(
            "ostiary.faces.cli.safeguards:safeguards",
            "Suspend disclosures to an agency, record the review it is owed, and lift"
            " (6103(p)(7)).",
        ),
        "people": Listed("ostiary.faces.cli.serving:people", "Who may sign in to the web office."),
        "serve": Listed(
            "ostiary.faces.cli.serving:serve", "Serve OFFICE to browsers until interrupted."
        ),
        "notify": Listed(
            "ostiary.faces.cli.notices:notify",
            "Tell officers by e-mail that something waits: how much, and nothing of a case.",
        ),
        "webhooks": Listed(
            "ostiary.faces.cli.webhooks:webhooks", "Webhooks to the addresses in webhooks.csv."
        ),
        "backup": Listed(
            "ostiary.faces.cli.backups:backup",
            "Copy OFFICE, as it is at this moment, into a new FOLDER; the office goes on working.",
        ),
        "restore": Listed(
            "ostiary.faces.cli.backups:restore", "Put the backup in FOLDER back as a new OFFICE."
        ),
        "doctor": Listed(
            "ostiary.faces.cli.doctors:doctor",
            "Look through OFFICE, changing nothing: files, keys, clock, disk, store, reference,"
            " law, log.",
        ),
    },
    "A disclosure officer": {
        "review": Listed(
            "ostiary.faces.cli.reviews:review",
            "Look at accepted requests, determine, approve or refuse: one request at a time.",
        ),
        "letter": Listed(
            "ostiary.faces.cli.letters:letter",
            "Write the letter on one request: a return, a suspension, what counsel answers, or a"
            " notice.",
        ),
        "letters": Listed(
            "ostiary.faces.cli.letters:letters",
            "Write the letters of a batch into a new folder, with an index.",
        ),
        "person-letter": Listed(
            "ostiary.faces.cli.person_letters:person_letter",
            "Write to a person what was disclosed about them, as far as counsel lets it be told.",
        ),
        "redact": Listed(
            "ostiary.faces.cli.redact:redact",
            "Redact documents, our own at the source and PDFs of others; prove later what was"
            " unsealed.",
        ),
    },
    "An agency that asks": {
        "template": Listed(
            "ostiary.faces.cli.templates:template",
            "Make a folder with a file to begin from: columns, what belongs into them, rows that"
            " pass.",
        ),
        "check": Listed(
            "ostiary.faces.cli.checks:check", "Ask the law alone: no office, no taxpayer record."
        ),
        "open": Listed(
            "ostiary.faces.cli.openings:open_",
            "Open an answer: verify signature, proof of inclusion and conditions, then decrypt.",
        ),
    },
    "An auditor, or anybody outside": {
        "accounting": Listed(
            "ostiary.faces.cli.accounting:accounting", "The transparency log: verify, prove, show."
        ),
        "witness": Listed(
            "ostiary.faces.cli.witnesses:witness",
            "A witness: cosigns other parties' logs, so that nobody is shown two of them.",
        ),
        "filings": Listed(
            "ostiary.faces.cli.filings:filings",
            "Do people stay away? An interrupted time series on published totals.",
        ),
    },
    "Counsel": {
        "book": Listed("ostiary.faces.cli.law:book", "The rule book: the law that decides."),
        "compliance": Listed(
            "ostiary.faces.cli.compliance:compliance",
            "Show what an office owes to courts, and has done: notices, and the record of"
            " compliance.",
        ),
        "replay": Listed(
            "ostiary.faces.cli.replays:replay",
            "Decide the past again: which decisions and which answers would differ?",
        ),
    },
}

ACCOUNTING: Commands = {
    "Anybody, with no office": {
        "verify": Listed(
            "ostiary.faces.cli.log_verification:verify",
            "Verify a published log: every tile, entry, signature and figure.",
        ),
        "verify-proof": Listed(
            "ostiary.faces.cli.proofs:verify_proof",
            "Check that a log holds exactly this entry; needs no office and no network.",
        ),
        "verify-compliance": Listed(
            "ostiary.faces.cli.compliance_verification:verify_compliance",
            "Verify a record of compliance with an order; needs no office and no network.",
        ),
        "export": Listed(
            "ostiary.faces.cli.audits:export",
            "Export the log for auditors: every entry as a row of a table, each with its proof.",
        ),
        "verify-export": Listed(
            "ostiary.faces.cli.audits:verify_export",
            "Verify an export: every row against its checkpoint, with public keys only.",
        ),
    },
    "The office": {
        "prove": Listed(
            "ostiary.faces.cli.log_readings:prove",
            "Print the C2SP tlog-proof of the entry that recorded and decided a request.",
        ),
        "show": Listed(
            "ostiary.faces.cli.log_readings:show",
            "Show everything that ever happened to one request, from the log; the reading is"
            " logged.",
        ),
        "person": Listed(
            "ostiary.faces.cli.records:person",
            "Say what was disclosed of one person: when, to whom, under what, for what, which"
            " items.",
        ),
        "signatures": Listed(
            "ostiary.faces.cli.signatures:signatures",
            "Check all that officers signed, corrections of the clock too, by register and log.",
        ),
        "openings": Listed(
            "ostiary.faces.cli.signatures:openings",
            "Open the log on every request: does it bear out what the case store says?",
        ),
        "timestamp": Listed(
            "ostiary.faces.cli.log_readings:timestamp",
            "Have the published checkpoint time-stamped (RFC 3161).",
        ),
        "rotate-key": Listed(
            "ostiary.faces.cli.rotations:rotate_key",
            "Give the log new keys; the old ones sign the change, and nothing after it.",
        ),
    },
}

BOOK: Commands = {
    "Commands": {
        "show": Listed(
            "ostiary.faces.cli.book_show:show",
            "Show each rule in force on a day: citation, condition, finding and cure.",
        ),
        "render": Listed(
            "ostiary.faces.cli.book_render:render",
            "Print the rule book as one self-contained page: gateways, rules, findings, cures,"
            " cases.",
        ),
        "prove": Listed(
            "ostiary.faces.cli.book_prove:book_prove",
            "Prove the rule book against `invariants/`, or show the request that gets past it.",
        ),
        "test": Listed(
            "ostiary.faces.cli.book_test:book_test",
            "Try counsel's cases: does the book find what they expect, and nothing else?",
        ),
        "diff": Listed(
            "ostiary.faces.cli.book_diff:diff",
            "Which of REQUESTS would BOOK_B decide otherwise than BOOK_A, and by which rule?",
        ),
        "errors": Listed(
            "ostiary.faces.cli.book_errors:book_errors",
            "Measure both errors: unlawful requests let through, and lawful ones refused.",
        ),
        "currency": Listed(
            "ostiary.faces.cli.book_currency:book_currency",
            "Check every citation against CODE, a copy of the United States Code, and list what"
            " changed.",
        ),
    },
}

REVIEW: Commands = {
    "Commands": {
        "approve": Listed(
            "ostiary.faces.cli.review_votes:approve",
            "Approve the decision as it stands, with your signature over its digest.",
        ),
        "certify": Listed(
            "ostiary.faces.cli.review_votes:certify",
            "Record that counsel certified to the court that a hold bars the answer.",
        ),
        "counsel": Listed(
            "ostiary.faces.cli.review_reading:counsel",
            "List what counsel answers outside this corridor, with the day by which.",
        ),
        "determine": Listed(
            "ostiary.faces.cli.review_looks:determine",
            "Say what you find of the elements that the law leaves to a person; `no` returns"
            " the request.",
        ),
        "examine": Listed(
            "ostiary.faces.cli.review_looks:examine",
            "Look at the records of requests of which everything has been determined; of"
            " all, without IDs.",
        ),
        "list": Listed(
            "ostiary.faces.cli.review_reading:list_",
            "List what awaits a step, in order of receipt.",
        ),
        "look-again": Listed(
            "ostiary.faces.cli.review_looks:look_again",
            "Order another look at the record; two officers lift a stop of the limit on asking so.",
        ),
        "note": Listed(
            "ostiary.faces.cli.review_votes:note",
            "Write a note for other officers.",
        ),
        "refuse": Listed(
            "ostiary.faces.cli.review_votes:refuse",
            "Refuse: the answer becomes `no answer`, and two officers have to approve that.",
        ),
        "settle": Listed(
            "ostiary.faces.cli.review_votes:settle",
            "Record how counsel answered, outside this corridor, what `review counsel` lists.",
        ),
        "show": Listed(
            "ostiary.faces.cli.review_reading:show",
            "Show one request beside the law, the facts and what the file holds.",
        ),
    },
}
