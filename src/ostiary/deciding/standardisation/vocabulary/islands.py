"""Words of addresses in Puerto Rico: USPS Publication 28, section 29, with everyday short forms."""

from ostiary.deciding.standardisation.terms import Table

_AREAS = """
ALTURAS ALT ALTS
BARRIADA BDA
BARRIO BO
BALCONES
BOSQUE
BRISAS
CHALETS
CIUDAD CDAD
COLINAS
COMUNIDAD COM COMUN
CONDADO
ESTANCIAS ESTNC ESTANCIA
EXTENSION EXT
HACIENDA HAC HDA HACIENDAS
JARDINES JARD JDNS JDS
LOMAS
MANSIONES MANS MANSION
PARCELAS PARC PARCELA
PARQUE PARQ PQUE PQE
PASEOS PASEO
PORTALES
PRADERAS PRADERA
QUINTAS QTAS QTA QUINTA
REPARTO REPTO RPTO
RIBERAS RIVERAS
RINCON
SABANA
SECCION SECC SEC
SECTOR SECT
TERRAZAS TERRAZA
TURABO
VALLE VLLE VALLES
VILLAS
VILLA VLLA
VISTAS
VISTA
"""
_LINES = tuple(line.split() for line in _AREAS.strip().splitlines())

URBANIZATION = "URBANIZACION|URBANIZATION|URBN|URB"
"""Words for *urbanization* itself."""
AREAS = "|".join(sorted((word for line in _LINES for word in line), reverse=True))
"""First words of the names of urbanizations and other areas; a street may begin so, too."""
PLAIN_AREAS = (
    f"{URBANIZATION}|BDA|BARRIADA|REPARTO|REPTO|RPTO|SECTOR|SECT|PARC|PARCELAS|EXT|EXTENSION|BO|"
    "BARRIO|COM|COMUNIDAD|MANS|MANSIONES|QTAS|QUINTAS"
)
"""Those of them that hardly stand within the name of a street."""
AREA_WORDS = Table.of(
    "area_words",
    {word: line[0] for line in _LINES for word in line} | {"STA": "SANTA", "STO": "SANTO"},
)
"""Words within the name of an area, to one spelling."""
ISLAND_WORDS = {
    "CLL": "CALLE", "CLLE": "CALLE", "CJON": "CALLEJON", "CLLJN": "CALLEJON", "CAM": "CAMINO",
    "PSO": "PASEO", "VDA": "VEREDA", "APDO POSTAL": "PO BOX",
}  # fmt: skip
"""Short words of streets, to the words."""
BUILDINGS = "CONDOMINIO|COND|RESIDENCIAL|RES|EGIDA|EDIFICIO|EDIF|TORRES?|APARTAMENTOS|COOPERATIVA"
"""First words of the names of buildings and housing projects."""
