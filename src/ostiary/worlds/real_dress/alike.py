"""Given names of many peoples that differ in one inner letter: sisters, brothers, twins.

Names are composed as these peoples compose them (a generation's syllable and an own one, a stem
and an ending); every pair that lies one letter apart is listed.
"""

from functools import cache
from itertools import product

import pyarrow.compute as pc

from ostiary.deciding.reference.census import COMMON_DOUBLINGS
from ostiary.deciding.standardisation.vocabulary.listed_names import listed_names
from ostiary.worlds.real_dress.pairs import listed

_CHINESE = listed("""
BAO BIN CHANG CHEN CHUN DAN DONG FANG FEI FENG GANG GUANG GUO HAI HAN HAO HONG HUA HUI JIA JIAN
JIE JIN JING JUN KAI LAN LEI LIAN LIANG LIN LING LONG MEI MIN MING NAN NING PENG PING QIANG QING
RONG RUI SHAN SHENG SHU TAO TING WEI WEN XIANG XIAO XIN XING XIU XUE YAN YANG YING YONG YUAN YUN
ZHEN ZHENG ZHI ZHONG
""")
_KOREAN = listed("""
BYUNG CHUL DONG EUN GYU HEE HYE HYUN JAE JIN JOON JUN KYU KYUNG MIN SANG SEO SEUNG SOO SUN TAE
WOO YEON YOUNG
""")
_PUNJABI = (
    listed("""
AMAN AMAR BAL CHARAN DAL DIL GAGAN GUR HAR INDER JAG JAS KAMAL KARAN KUL LAKH MAN NAV NIR PAR
RAM RAN RAV RUP SAT SIMRAN SUKH SUR TARAN TEJ
"""),
    ("PREET", "JEET", "DEEP", "BIR", "MEET", "LEEN", "PAL", "VEER", "WANT"),
)
_YORUBA = listed("""
ABI ADE AYO BABA IFE IYA KOLA OLA OLU OMO ORE TEMI TOLU
"""), listed("""
BISI BOLA BUNMI DAYO DELE FEMI FUNMI KEMI KUNLE LARAN LERAN LEKAN MIDE NIKE NIYI SEGUN SEYI SOLA
TAYO TOLA TOSIN TUNDE WALE WOLE YEMI
""")  # fmt: skip
# Borne by many, each of them: the composed ones would hold words that nobody is called.
_GIVEN_AS_THEY_ARE = listed("""
BHAVESH BRIJESH DINESH DIPESH GANESH HITESH JAYESH JIGNESH KALPESH KAMLESH LOKESH MAHESH MITESH
MUKESH NARESH NILESH NITESH PARESH RAJESH RAKESH RAMESH RITESH RUPESH SURESH UMESH YOGESH ANJALI
ANJULI KAVITA SAVITA SUNITA SUNILA VANITA VINITA MALATI MALINI NALINI NANDINI BRAYDEN BRAYLEN
BRAYLON CAYDEN CAYSON GRAYDEN GRAYSON HAYDEN JAYDEN JAYDON JAYLEN JAYLON JAYSON KAYDEN KAYLEN
KAYSON RAYDEN RAYLEN ZAYDEN ZAYLEN MARISOL MARISEL MARILYN MARYLYN AALIYAH AMAYAH AMIRAH ANIYAH
ANAYAH NASSER NASEER KAREEM RAHEEM SALEEM SALLEM
""")

_LONG = 6  # letters; shorter names are never forgiven a slip by anybody


@cache
def names() -> tuple[str, ...]:
    """List all composed names of six letters or more."""
    parts = ((_CHINESE, _CHINESE), (_KOREAN, _KOREAN), _PUNJABI, _YORUBA)
    composed = {"".join(each) for lists in parts for each in product(*lists)}
    composed.update(_GIVEN_AS_THEY_ARE)
    return tuple(sorted(name for name in composed if len(name) >= _LONG))


@cache
def pairs() -> tuple[tuple[str, str], ...]:
    """List all pairs of names with one inner letter exchanged, more or less; ends are whole."""
    found: dict[str, list[str]] = {}
    for name in names():
        for place in range(1, len(name)):
            found.setdefault(f"{name[:place]}*{name[place:]}", []).append(name)
            if place < len(name) - 1:
                found.setdefault(f"{name[:place]}*{name[place + 1 :]}", []).append(name)
    alike = {
        (one, other)
        for together in found.values()
        for one in together
        for other in together
        if one < other and abs(len(one) - len(other)) <= 1
    }
    return tuple(pair for pair in sorted(alike) if not _is_slip(*pair))


def _is_slip(one: str, other: str) -> bool:
    """Tell whether one of two names is borne by thousands and the other by nobody known."""
    doublings = _doublings()
    fewer, more = sorted((doublings.get(one, -1), doublings.get(other, -1)))
    return fewer < 0 and more >= COMMON_DOUBLINGS


@cache
def _doublings() -> dict[str, int]:
    listed = listed_names().filter(pc.field("kind") == "given")
    return dict(zip(listed["name"].to_pylist(), listed["doublings"].to_pylist(), strict=True))
