"""What stands on file about the agency's safeguards, and the file itself."""

from ostiary.domain.facts.fact import Fact

FACTS = (
    Fact(
        "ai_analysis",
        "bool",
        "the answer is to be analysed by artificial intelligence",
        formula="r.ai_analysis",
        lasting=True,
    ),
    Fact(
        "ai_notice_acknowledged",
        "bool",
        "a notice of such analysis was acknowledged, is not objected to, and its days are over",
        formula="coalesce(k.artificial_intelligence, FALSE)",
        reads=("ai_analysis",),
        known="on file or not",
    ),
    Fact(
        "safeguard_report_overdue",
        "bool",
        "the agency's yearly Safeguard Security Report was due and is not on file",
        formula="g.overdue",
    ),
    Fact(
        "first_receipt_too_early",
        "bool",
        "the agency's first Safeguard Security Report is known to be less than 90 days old",
        formula=(
            "CASE WHEN g.agency IS NOT NULL"
            " THEN coalesce(date_diff('day', g.first_report_date, d.day) < 90, FALSE) END"
        ),
    ),
    Fact(
        "mitigation_plan_overdue",
        "bool",
        "a plan against a critical finding is past its due day",
        formula=(
            "CASE WHEN g.agency IS NOT NULL THEN coalesce(g.mitigation_plan_due < d.day, FALSE) END"
        ),
    ),
    Fact(
        "notices_missing",
        "int",
        "the number of arrangements (cloud, contractors ...) without the notice due before them",
        formula="coalesce(k.missing, 0)",
        known="nothing to count is nought",
        counted=True,
    ),
    Fact(
        "state_death_contract",
        "bool",
        "a contract of the State about information on deaths is on file, or that it needs none",
        formula="coalesce(k.deaths, FALSE)",
        known="on file or not",
    ),
    Fact(
        "state_law_protects",
        "bool",
        "the State's law is on file as protecting Federal returns",
        formula="coalesce(k.state_law, FALSE)",
        known="on file or not",
    ),
    Fact(
        "corrective_plan_overdue",
        "bool",
        "a corrective action plan is past its due day",
        formula=(
            "CASE WHEN g.agency IS NOT NULL THEN coalesce(g.corrective_plan_due < d.day, FALSE) END"
        ),
    ),
    Fact(
        "safeguards_suspended",
        "bool",
        "disclosure to the agency is suspended under 6103(p)(4)",
        formula=(
            "CASE WHEN g.agency IS NOT NULL THEN coalesce(g.suspended_from <= d.day"
            " AND (g.suspended_until IS NULL OR d.day <= g.suspended_until), FALSE) END"
        ),
    ),
    Fact(
        "suspension_in_force",
        "bool",
        "disclosures to the agency, or to one that it is within, are suspended by act under"
        " 6103(p)(4) and (p)(7)",
        formula="z.agency IS NOT NULL",
        reads=("agency",),
        known="an act is on file or none is",
    ),
    Fact(
        "file_rows",
        "int",
        "the number of requests in the same file",
        formula="n.file_rows",
        known="nothing to count is nought",
        counted=True,
    ),
)
