"""What is found in the text of a request's facts, as they are stored."""


def under(provision: str) -> str:
    """Give what the facts of a request under a provision hold, and no others.

    They are compact JSON, in which a quotation mark within a text is escaped.
    """
    return f'"provision":"{provision}"'
