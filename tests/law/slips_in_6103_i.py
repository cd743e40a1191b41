"""Slips of the pen in 26 USC 6103(i): crime, emergencies and terrorism.

Each is a file of the book, words replaced in it, and the checks that catch it and by which name.
"""

I1 = "statutes/usc-26-6103-i-1.md"
I2 = "statutes/usc-26-6103-i-2.md"
I3B = "statutes/usc-26-6103-i-3-B.md"
I7A = "statutes/usc-26-6103-i-7-A.md"
I7B = "statutes/usc-26-6103-i-7-B.md"

LATER_PERIODS = """periods_count >= 1
```

```yaml
id: i2.periods
from: 2025-09-01
cites: /us/usc/t26/s6103/i/2/B/ii
finding: The request names no taxable period.
cure: Name each year the request relates to.
```
```sql
periods_count >= 1
"""

IN_6103_I = {
    "OR for AND": (
        I2,
        [("agency_registered AND agency_federal", "agency_registered OR agency_federal")],
        {("every-element", "asks.federal")},
    ),
    "a gap between two wordings": (
        I2,
        [
            ("id: i2.periods\n", "id: i2.periods\nuntil: 2025-08-30\n"),
            ("periods_count >= 1\n", LATER_PERIODS),
        ],
        {("versions", "i2.periods")},
    ),
    "a shape of address left out": (
        I2,
        [("('zip-only', 'no-number'", "('no-number'")],
        {("every-element", "address.whole"), ("every-element", "address.not-filled-in")},
    ),
    "a rule left out": (
        I2,
        [("recipients_not_employed = 0", "TRUE")],
        {("every-element", "receives.employed"), ("no-dead-rule", "i2.recipients.employed")},
    ),
    "a delegate who signs": (
        I2,
        [("('agency-head', 'inspector-general') OR", "('agency-head', 'delegate') OR")],
        {("every-element", "asks.no-delegate")},
    ),
    "an officer's silence taken for yes": (
        I2,
        [("\nreason_specific\n", "\nNOT reason_specific IS NULL\n")],
        {("every-element", "reason.specific")},
    ),
    "an agency that vanishes from the register between the days": (
        I2,
        [("id: i2.agency\nstage: both\n", "id: i2.agency\n")],
        {("every-element", "asks.federal"), ("every-element", "safeguards.standing")},
    ),
    "an order of a court of a later day": (
        I1,
        [("order_date <= received", "order_date >= received")],
        {("every-element", "court.made")},
    ),
    "a delegate before the court": (
        I1,
        [("'strike-force-attorney'\n", "'strike-force-attorney', 'delegate'\n")],
        {("every-element", "court.rank")},
    ),
    "two findings out of three": (
        I1,
        [("order_finds_crime AND order_finds_relevance AND", "order_finds_crime AND")],
        {("every-element", "court.relevance")},
    ),
    "more items than the order grants": (
        I1,
        [("(items_beyond_order = 0)", "(items_beyond_order <= periods_count)")],
        {("every-element", "court.items")},
    ),
    "more years than the order grants": (
        I1,
        [("periods_count >= 1 AND periods_beyond", "periods_count >= 1 OR periods_beyond")],
        {("every-element", "court.periods-granted")},
    ),
    "a State that is told of a flight": (
        I3B,
        [
            (
                "circumstance = 'danger' OR agency_federal",
                "circumstance = 'flight' OR agency_federal",
            )
        ],
        {("every-element", "emergency.flight")},
    ),
    "an agency that declares its own emergency": (
        I3B,
        [("signer_office = 'custodian'", "signer_office IN ('custodian', 'agency-head')")],
        {("every-element", "emergency.custodian")},
    ),
    "an emergency that nobody has looked at": (
        I3B,
        [("\nreason_specific\n", "\nreason_specific OR circumstance = 'danger'\n")],
        {("every-element", "emergency.found")},
    ),
    "every danger taken for terrorism": (
        I7A,
        [("circumstance = 'terrorism'", "circumstance IN ('terrorism', 'danger')")],
        {("every-element", "terrorism.circumstance")},
    ),
    "a delegate sent away who may sign": (
        I7A,
        [
            (
                "\nsigner_heads_enforcement",
                "\nsigner_heads_enforcement AND signer_office = 'agency-head'",
            )
        ],
        {("no-needless-refusal", "i7a.signer")},
    ),
    "what the taxpayer filed, for terrorism": (
        I7A,
        [("return-information: [third-party]", "return-information: [taxpayer, third-party]")],
        {("whitelist", "usc-26-6103-i-7-A")},
    ),
    "a delegate in intelligence": (
        I7B,
        [("\nsigner_gathers", "\nsigner_office = 'delegate' OR signer_gathers")],
        {("every-element", "intelligence.rank")},
    ),
    "somebody else's proceeding": (
        I2,
        [("party_doubts = 0 AND party IS NULL", "party_doubts <= 1 AND party IS NULL")],
        {("every-element", "authority.party")},
    ),
    "an officer's no to the party that counts in doubt alone": (
        I2,
        [("party_doubts = 0 AND party IS NULL OR party", "party_doubts = 0 OR party")],
        {("every-element", "authority.not-anothers")},
    ),
    "a no to the party taken for a yes": (
        I2,
        [("party IS NULL OR party\n", "party IS NULL OR NOT party\n")],
        {("undetermined", "party, no"), ("no-needless-refusal", "i2.party")},
    ),
    "an officer's no to the statute that a register outvotes": (
        I2,
        [("<> 'unknown' AND offense_criminal IS NULL OR", "<> 'unknown' OR")],
        {("every-element", "matter.not-found-wanting")},
    ),
    "an officer's no to the statute of an order that a register outvotes": (
        I1,
        [("<> 'unknown' AND offense_criminal IS NULL OR", "<> 'unknown' OR")],
        {("every-element", "court.not-found-wanting")},
    ),
    "any year for a named one": (
        I2,
        [("years: named", "years: any")],
        {("records", "usc-26-6103-i-2")},
    ),
    "a judge's years left to the request": (
        I1,
        [("years: granted", "years: named")],
        {("records", "usc-26-6103-i-1")},
    ),
    "a danger that may be met with silence": (
        I3B,
        [("owed: danger\n", "")],
        {("records", "usc-26-6103-i-3-B")},
    ),
    "years asked of a danger": (
        I3B,
        [("years: any", "years: named")],
        {("records", "usc-26-6103-i-3-B")},
    ),
    "a hold that no longer binds": (
        I2,
        [("bar: hold", "bar: none")],
        {("records", "usc-26-6103-i-2")},
    ),
    "a hold that keeps a warning back": (
        I3B,
        [("bar: none", "bar: hold")],
        {("records", "usc-26-6103-i-3-B")},
    ),
    "a judge met with silence": (
        I1,
        [("bar: certificate", "bar: hold")],
        {("records", "usc-26-6103-i-1")},
    ),
    "terrorism without the bar": (
        I7A,
        [("bar: hold", "bar: none")],
        {("records", "usc-26-6103-i-7-A")},
    ),
    "intelligence of named years alone": (
        I7B,
        [("years: any", "years: named")],
        {("records", "usc-26-6103-i-7-B")},
    ),
    "a rank that speaks for every department": (
        I2,
        [("department = 'doj' AND signer_office IN", "signer_office IN")],
        {("every-element", "asks.justice")},
    ),
    "an Inspector General forgotten": (
        I2,
        [
            (
                "signer_office IN ('agency-head', 'inspector-general') OR",
                "signer_office IN ('agency-head') OR",
            )
        ],
        {("no-needless-refusal", "i2.signer")},
    ),
    "tax for a crime of another kind": (
        I2,
        [("offense_class <> 'tax'", "offense_class <> 'none'")],
        {("every-element", "matter.not-tax")},
    ),
    "a civil statute that passes": (
        I2,
        [
            (
                "offense_class IN ('criminal', 'tax', 'unknown')",
                "offense_class IN ('criminal', 'civil', 'tax', 'unknown')",
            )
        ],
        {("every-element", "matter.criminal"), ("every-element", "matter.not-civil")},
    ),
    "an unread statute that nobody reads": (
        I2,
        [
            (
                "offense_class <> 'unknown' AND offense_criminal IS NULL OR offense_criminal",
                "offense_class <> 'unknown' OR offense_criminal OR posture = 'grand-jury'",
            )
        ],
        {("every-element", "matter.read")},
    ),
    "what the taxpayer filed, for a crime": (
        I2,
        [("items_beyond_third_party = 0", "items_unknown = 0")],
        {("every-element", "items.identity")},
    ),
    "third parties forgotten among sources": (
        I2,
        [("return-information: [third-party]", "return-information: [taxpayer]")],
        {("whitelist", "usc-26-6103-i-2")},
    ),
    "a name that may be missing": (
        I2,
        [("\nname_stated\n", "\nname_stated OR given_name_stated OR matter_stated\n")],
        {("every-element", "names.some")},
    ),
}
