"""Facts: from typed requests and registers to the vocabulary that the law speaks.

Everything that needs counting over many rows (who else is named, who else gives this very reason)
is counted here, so that a rule stays a statement about one request.
"""

from dataclasses import dataclass
from datetime import date

import duckdb

from ostiary.deciding.intake.derivations import DERIVATIONS
from ostiary.deciding.intake.lookups import look_up, stand_on
from ostiary.deciding.intake.suspensions import SUSPENDED
from ostiary.deciding.intake.tables import (
    FACTS,
    HISTORY_OFFICERS,
    HISTORY_REASONS,
)
from ostiary.deciding.standardisation.terms import quoted
from ostiary.domain.facts import VOCABULARY
from ostiary.domain.facts.formulas import has_role
from ostiary.domain.period import stands_on
from ostiary.domain.register_tables import AGENCY_WITHIN, REGISTER


@dataclass(frozen=True, slots=True)
class Days:
    """The legal time that facts are derived for; ``disclosed`` is unknown at admission."""

    received: date
    disclosed: date | None = None


def mark_reasons(con: duckdb.DuckDBPyConnection, requests: str, secret: str) -> None:
    """Add ``reason_digest`` to a table of standardised requests.

    Two reasons are the same text when they differ only in case, spacing, punctuation, the person's
    own name or the matter's own number. The digest is keyed by the office's secret, so that the
    history it is kept in holds no text.
    """
    con.execute(f"ALTER TABLE {requests} ADD COLUMN reason_digest VARCHAR")
    plain = "upper(reason)"
    for own in ("matter_number", "given_name", "surname"):
        plain = (
            f"CASE WHEN length({own}) >= 3 THEN replace({plain}, upper({own}), '') ELSE {plain} END"
        )
    con.execute(
        f"""
        UPDATE {requests} SET reason_digest = sha256(? || {_parted("plain")})
        FROM (SELECT row AS of_row, {plain} AS plain FROM {requests} WHERE reason IS NOT NULL)
        WHERE row = of_row
        """,
        [secret],
    )


_USUAL_SIGNS = ".,:;()/'-"  # the hyphen last: they stand in a class


def _parted(plain: str) -> str:
    """Put one blank for each run of signs between capitals and digits.

    Nearly all reasons hold the usual signs alone, and no long runs; those need no pattern, which
    would take ten times as long.
    """
    signs = _USUAL_SIGNS.replace("'", "''")
    blanks = plain
    for sign in _USUAL_SIGNS:
        blanks = f"replace({blanks}, {quoted(sign)}, ' ')"
    for _ in range(3):  # runs of up to eight
        blanks = f"replace({blanks}, '  ', ' ')"
    return (
        f"CASE WHEN regexp_matches({plain}, '[^A-Z0-9 {signs}]|[ {signs}]{{9}}')"
        f" THEN regexp_replace({plain}, '[^A-Z0-9]+', ' ', 'g') ELSE {blanks} END"
    )


def derive_facts(con: duckdb.DuckDBPyConnection, days: Days, *, requests: str, into: str) -> None:
    """Derive the facts of a table of requests.

    Args:
        con: holds ``requests``; the registers ``reg_*``; and the office's history:
            ``history_officers`` (``officer``, ``open_matters``) and ``history_reasons``
            (``reason_digest``, ``people``).
        days: legal time.
        requests: table of standardised requests with ``row`` and ``reason_digest``.
        into: table to make: ``row`` and one column for each word of the vocabulary.
    """
    _sum_up(con, days, requests)
    columns = ",\n".join(
        f"CAST({DERIVATIONS[name]} AS {FACTS.columns[name]}) AS {name}" for name in VOCABULARY
    )
    day = days.disclosed or days.received
    con.execute(
        f"""
        CREATE OR REPLACE TABLE {into} AS
        WITH d AS (SELECT ?::DATE AS received, ?::DATE AS disclosed, ?::DATE AS day),
        n AS (SELECT count(*) AS file_rows FROM {requests}),
        {_signers(requests)}
        SELECT r.row, {columns}
        FROM {requests} r CROSS JOIN d CROSS JOIN n
        LEFT JOIN speaking_agencies a ON a.agency = r.agency
        LEFT JOIN s ON s.row = r.row
        LEFT JOIN e ON e.row = r.row
        LEFT JOIN counted_matters m ON m.matter_number = r.matter_number
        LEFT JOIN standing_safeguards g ON g.agency = r.agency
        LEFT JOIN noticed k ON k.agency = r.agency
        LEFT JOIN suspended_agencies z ON z.agency = r.agency
        LEFT JOIN counted_recipients w ON w.row = r.row
        LEFT JOIN looked_up x ON x.row = r.row
        LEFT JOIN counted_reasons y ON y.reason_digest = r.reason_digest
        """,
        [days.received, days.disclosed, day],
    )


def _sum_up(con: duckdb.DuckDBPyConnection, days: Days, requests: str) -> None:
    """Make the tables that facts are read from besides the requests: one row for each key."""
    sum_up_registers(con, days)
    _count_recipients(con, requests)
    _count_reasons(con, requests)
    _count_matters(con, requests)
    look_up(con, requests=requests, into="looked_up")


def _signers(requests: str) -> str:
    """Say who signed each request, on the day of signing.

    ``s`` is the signer's office in the agency that asks; ``e`` the ranks held in any agency.
    """
    return f"""
        s AS (
            SELECT row, min(office) AS office
            FROM {requests} r JOIN {REGISTER["signers"]} o USING (signer, agency)
            WHERE {stands_on("r.signed_on", "o")}
            GROUP BY row
        ),
        e AS (
            SELECT row, bool_or(heads) AS heads, bool_or(gathers) AS gathers
            FROM {requests} r JOIN ranks_anywhere o USING (signer)
            WHERE {stands_on("r.signed_on", "o")}
            GROUP BY row
        )"""


def no_history(con: duckdb.DuckDBPyConnection) -> None:
    """Make the history of an office that has none, as when the law alone is asked."""
    con.execute(HISTORY_OFFICERS.made_empty())
    con.execute(HISTORY_REASONS.made_empty())


# The Secret Service is a distinct entity within Homeland Security, 6 USC 381. Its Director's rank
# speaks for nobody else: not for a State, for another department, or for one that enforces no law.
_OF_THE_SERVICE = (
    "(o.office = 'secret-service-director' AND a.federal AND a.department = 'dhs'"
    f" AND {has_role('law-enforcement')})"
)

_ON_A_DAY = {
    "noticed": f"""
    WITH clocks AS (
        SELECT coalesce(max(CAST(value AS INTEGER)) FILTER (parameter = 'days-of-notice'), 45)
                   AS notice,
               coalesce(max(CAST(value AS INTEGER)) FILTER (parameter = 'days-of-ai-notice'), 0)
                   AS ai
        FROM {REGISTER["parameters"]}
        WHERE coalesce(provision, '') = '' AND {stands_on("$1")}
    ),
    wanting AS (
        SELECT u.agency, count(*) AS missing FROM {REGISTER["arrangements"]} u, clocks
        WHERE {stands_on("$1", "u")}
          AND NOT EXISTS (
            SELECT 1 FROM {REGISTER["notices"]} n
            WHERE n.agency = u.agency AND n.kind = u.kind AND n.given_on + clocks.notice <= u."from"
              AND (u.kind NOT IN ('subcontractor', 'tax-modelling', 'live-data-testing')
                   OR n.acknowledged_on <= $1)
              AND (n.objected_on IS NULL OR $1 < n.objected_on
                   OR n.objected_on < n.acknowledged_on)
              AND (u.kind NOT IN ('tax-modelling', 'live-data-testing')
                   OR $1 <= n.acknowledged_on + INTERVAL 3 YEAR))
        GROUP BY u.agency
    ),
    acknowledged AS (
        SELECT agency,
               bool_or(kind = 'artificial-intelligence' AND given_on + clocks.ai <= $1)
                   AS artificial_intelligence,
               bool_or(kind = 'state-confidentiality-law') AS state_law,
               bool_or(kind = 'death-information') AS deaths
        FROM {REGISTER["notices"]}, clocks
        WHERE acknowledged_on <= $1
          AND (objected_on IS NULL OR $1 < objected_on OR objected_on < acknowledged_on)
        GROUP BY agency
    )
    SELECT coalesce(w.agency, n.agency) AS agency, coalesce(w.missing, 0) AS missing,
           coalesce(n.artificial_intelligence, FALSE) AS artificial_intelligence,
           coalesce(n.state_law, FALSE) AS state_law, coalesce(n.deaths, FALSE) AS deaths
    FROM wanting w FULL JOIN acknowledged n USING (agency)
    """,
    "standing_agreements": f"""
    SELECT DISTINCT agreement, agency, provision FROM {REGISTER["agreements"]}
    WHERE {stands_on("$1")}
    """,
    "speaking_agencies": f"""
    SELECT a.agency, bool_and(federal) AS federal, min(roles) AS roles,
           min(parent) AS parent, min(t.department) AS department
    FROM {REGISTER["agencies"]} a JOIN (
        SELECT agency, arg_max(within, steps) AS department FROM {AGENCY_WITHIN} GROUP BY agency
    ) t USING (agency)
    WHERE {stands_on("$1")} GROUP BY a.agency
    """,
    "standing_safeguards": f"""
    WITH due AS (
        SELECT *, month(coalesce(report_due, DATE '2025-01-31')) AS month,
               day(coalesce(report_due, DATE '2025-01-31')) AS day_of_month
        FROM {REGISTER["safeguards"]}
    ),
    dated AS (
        SELECT *, make_date(year($1::DATE), month, day_of_month) AS this_year FROM due
    )
    SELECT * EXCLUDE (month, day_of_month, this_year),
           CASE WHEN report_date <= $1 THEN
               report_date < make_date(
                   year($1::DATE) - CASE WHEN this_year < $1 THEN 0 ELSE 1 END, 1, 1)
           END AS overdue
    FROM dated
    """,
    "ranks_anywhere": f"""
    SELECT o.signer, o."from", o."until",
           coalesce({_OF_THE_SERVICE} OR (
               o.office IN ('fbi-director', 'dea-administrator') AND a.department = 'doj'
           ) OR (
               o.office IN ('agency-head', 'delegate') AND a.federal
               AND {has_role("law-enforcement")}
           ), FALSE) AS heads,
           coalesce({_OF_THE_SERVICE} OR (
               o.office = 'intelligence-officer' AND a.department IN ('doj', 'treasury')
           ), FALSE) AS gathers
    FROM {REGISTER["signers"]} o LEFT JOIN speaking_agencies a USING (agency)
    WHERE o."from" <= $1
    """,
    "suspended_agencies": SUSPENDED,
    "engaged_officers": f"""
    SELECT officer, w.within AS agency, bool_and(employee) AS employee,
           bool_or(coalesce(certified_until >= $1, FALSE)) AS certified
    FROM {REGISTER["officers"]} o JOIN {AGENCY_WITHIN} w ON w.agency = o.agency
    WHERE {stands_on("$1")} GROUP BY officer, w.within
    """,
}
"""What the registers say on day ``$1``, as one table each."""


def sum_up_registers(con: duckdb.DuckDBPyConnection, days: Days) -> None:
    """Make what the registers say on the day, for all requests alike.

    ``speaking_agencies`` (``agency``, ``federal``, ``roles``, ``parent``, ``department``),
    ``ranks_anywhere`` (``signer``, ``from``, ``until``, ``heads``: a Federal law enforcement
    agency, ``gathers``: as one of those who ask under 6103(i)(7)(B)),
    what :func:`ostiary.deciding.intake.lookups.stand_on` makes, ``engaged_officers`` (``officer``,
    ``agency``, ``employee``), ``standing_agreements`` (``agreement``, ``agency``, ``provision``)
    and ``noticed`` (``agency``, ``missing``, ``artificial_intelligence``, ``state_law``,
    ``deaths``); and ``standing_safeguards``: the register with ``overdue``, whether the yearly
    report was due before the day and none was filed since the beginning of that year; and
    ``suspended_agencies`` (``agency``), see :mod:`ostiary.deciding.intake.suspensions`.

    Publication 1075 (Rev. 11-2021): a notice 45 days before an arrangement begins; some need an
    approval, and for tax modelling and testing with live data it lasts three years. Its days are a
    row of ``parameters.csv``; those of a notice of artificial intelligence are another one.
    """
    day = days.disclosed or days.received
    stand_on(con, day)
    for table, query in _ON_A_DAY.items():
        con.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS {query}", [day])


# A request that names no matter is one of its own, called what no text of a file can be: trimmed
# texts begin with no line break.
_OWN_MATTER = "chr(10) || row"


def _count_recipients(con: duckdb.DuckDBPyConnection, requests: str) -> None:
    """Make ``counted_recipients``: how many are named, unknown, not employed; the fullest desk."""
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE counted_recipients AS
        WITH named AS (
            SELECT DISTINCT row, agency, unnest(recipients) AS officer,
                   coalesce(matter_number, {_OWN_MATTER}) AS matter
            FROM {requests}
        ),
        carried AS (
            SELECT officer, sum(matters) AS matters FROM (
                SELECT officer, count(DISTINCT matter) AS matters FROM named GROUP BY officer
                UNION ALL SELECT officer, open_matters FROM {HISTORY_OFFICERS}
            ) GROUP BY officer
        )
        SELECT named.row, count(*) AS named, count(*) FILTER (known.officer IS NULL) AS unknown,
               count(*) FILTER (NOT known.employee) AS not_employed,
               count(*) FILTER (NOT known.employee AND NOT known.certified) AS uncertified,
               max(carried.matters) AS open_matters
        FROM named JOIN carried USING (officer)
        LEFT JOIN engaged_officers known USING (officer, agency)
        GROUP BY named.row
        """
    )


def _count_reasons(con: duckdb.DuckDBPyConnection, requests: str) -> None:
    """Make ``counted_reasons``: how many *other* people share each reason, here and before."""
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE counted_reasons AS
        SELECT reason_digest, count(*) - 1 + coalesce(any_value(h.people), 0) AS others,
               count(DISTINCT coalesce(matter_number, {_OWN_MATTER})) - 1 AS matters
        FROM {requests} LEFT JOIN {HISTORY_REASONS} h USING (reason_digest)
        WHERE reason_digest IS NOT NULL
        GROUP BY reason_digest
        """
    )


def _count_matters(con: duckdb.DuckDBPyConnection, requests: str) -> None:
    """Make ``counted_matters``: how many people each matter of the file is about."""
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE counted_matters AS
        SELECT matter_number, count(*) AS people FROM {requests}
        WHERE matter_number IS NOT NULL GROUP BY matter_number
        """
    )
