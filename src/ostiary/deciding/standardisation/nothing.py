r"""Nothing is nothing, however it is written: words for *no value* become the empty text.

The text is looked at as it came. Once signs are gone, ``\N`` is an N.
"""

from ostiary.deciding.standardisation.conditions import equals, every, has, is_not, no, some
from ostiary.deciding.standardisation.phrases import (
    constant,
    either,
    looked_up,
    rewritten,
    trimmed,
    upper,
)
from ostiary.deciding.standardisation.terms import Flag, Text
from ostiary.deciding.standardisation.vocabulary.nothing import (
    LEFT_OUT,
    NOTHING,
    SHEET_ERROR,
    SIGNED,
    WRITTEN_BY_MACHINES,
)


def stated(x: Text) -> Text:
    """Give a text as it is, or the empty text where it says that nothing is there.

    Args:
        x: as somebody wrote it; nothing is taken off it yet.
    """
    nothing = some(_is_listed(x), has(upper(x), SHEET_ERROR))
    return either((nothing, constant("")), otherwise=x)


def stated_name(x: Text, names_too: tuple[str, ...]) -> Text:
    """Do the same for a part of a name, in which some words for nothing are names.

    Args:
        x: the part, as somebody wrote it.
        names_too: words that are names there, unless signs or a machine's spelling say otherwise.
    """
    word = rewritten(upper(x), LEFT_OUT, "")
    no_name = some(
        no(equals(word, *names_too)), has(x, SIGNED), equals(trimmed(x), *WRITTEN_BY_MACHINES)
    )
    nothing = some(every(_is_listed(x), no_name), has(upper(x), SHEET_ERROR))
    return either((nothing, constant("")), otherwise=x)


def _is_listed(x: Text) -> Flag:
    return is_not(looked_up(rewritten(upper(x), LEFT_OUT, ""), NOTHING), "")
