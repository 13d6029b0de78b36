"""What a column of an imported decision log may stand for, and the words by which people call it."""

from __future__ import annotations

from gemba.wording import text
from gemba.work.intake_fields import KEY, plain
from gemba.work.intake_guess import ByValue, Terms, is_date, is_long, share, tells_apart

DAYS = ("decided_on", "expires")
YES_NO = ("escalated", "contradicts")
NAMES = ("place", "goal", "segment", "exception")
FIELDS = (KEY, "decided_on", "title", "place", "role", "scenario", "why", "amount", "unit", "escalated", "goal",
          "contradicts", "customers", "segment", "effect", "exception", "expires")  # fmt: skip
"""What may be said of a column."""
JOINED = frozenset({"why", "effect"})
"""Fields that several columns may make up together."""

_TITLES: dict[str, str] = {
    "key": (
        "key|id|decision id|decision number|decision no|number|no|nr|reference|ref|case id|ticket|ticket id|log id|"
        "entscheidungsnummer|vorgang|vorgangsnummer|aktenzeichen|numero|numero de decision|folio|expediente"
    ),
    "decided_on": (
        "decided on|decision date|date of decision|date decided|decided at|decided|date|day|approved on|approval date|"
        "entschieden am|entscheidungsdatum|datum|date de decision|decide le|fecha|fecha de decision|data|beslist op"
    ),
    "title": (
        "decision|title|what was decided|what|decision taken|summary|subject|description|entscheidung|titel|betreff|"
        "beschreibung|decision prise|objet|asunto|descripcion|oggetto|besluit"
    ),
    "place": (
        "place|site|branch|location|store|shop|office|plant|depot|station|standort|filiale|ort|niederlassung|betrieb|"
        "lieu|agence|magasin|sucursal|lugar|tienda|sede|vestiging"
    ),
    "role": (
        "role|decided by role|decider|decided by|function|job role|position|approver role|approved by role|rolle|"
        "funktion|entschieden von|fonction|rol|funcion|ruolo|functie"
    ),
    "scenario": (
        "scenario|kind of case|case type|type|category|situation|reason code|fallart|szenario|kategorie|art|"
        "type de cas|categorie|tipo|categoria|soort"
    ),
    "why": "why|reason|rationale|justification|because|grund|begrundung|warum|motif|justification motif|motivo|reden",
    "amount": (
        "amount|value|sum|cost|how much|refund|refund amount|discount|betrag|wert|summe|kosten|hohe|montant|valeur|"
        "importe|monto|importo|bedrag"
    ),
    "unit": "unit|currency|uom|einheit|wahrung|unite|devise|unidad|moneda|divisa|valuta|eenheid",
    "escalated": (
        "escalated|was escalated|escalation|handed up|escalated yes no|eskaliert|weitergegeben|escalade|escalado|"
        "scalato|geescaleerd"
    ),
    "goal": (
        "goal|goal code|commitment|promise|commitment code|customer promise|ziel|zusage|versprechen|engagement|"
        "objectif|compromiso|objetivo|impegno|belofte"
    ),
    "contradicts": (
        "contradicts|contradicts commitment|against promise|against commitment|breaks promise|widerspricht|"
        "widerspruch|contredit|contradice"
    ),
    "customers": (
        "customers|customers touched|number of customers|customers affected|affected customers|kunden|"
        "betroffene kunden|anzahl kunden|clients|clients touches|clientes|clienti|klanten"
    ),
    "segment": "segment|customer segment|customer type|customer group|kundensegment|kundengruppe|type de client",
    "effect": "effect|cost and effect|consequence|impact|outcome|result|wirkung|folge|effet|efecto|effetto|gevolg",
    "exception": "exception|exception code|exception standard|standard|ausnahme|ausnahmeregel|derogation|excepcion",
    "expires": "expires|expires on|expiry|valid until|until|end date|gultig bis|ablauf|lauft ab|expire le|vence|scade",
}

_YES = "yes|y|true|1|x|ja|j|oui|si|sim|да|ναι|escalated|contradicts|wahr|vrai"
_NO = "no|n|false|0|nein|non|nao|нет|οχι|falsch|faux|nee"

_SAID = {
    **{plain(word): "yes" for word in _YES.split("|")},
    **{plain(word): "no" for word in _NO.split("|")},
}


def meant(field: str, cell: str) -> str | None:
    """`yes` or `no` as a cell means it; `None` when it means neither."""
    del field  # both mean the same by these words
    return _SAID.get(plain(cell))


TERMS = Terms(
    titles={plain(title): field for field, some in reversed(_TITLES.items()) for title in some.split("|")},
    dates=frozenset(DAYS),
    short=frozenset({*NAMES, "role", "scenario", "unit"}),
    chosen=frozenset(YES_NO),
    meant=meant,
    by_value=(
        ByValue("decided_on", lambda cells: share(cells, is_date) >= 0.9, lambda: text("it holds dates")),
        ByValue("title", is_long, lambda: text("it holds long texts")),
        ByValue("key", tells_apart, lambda: text("all differ")),
    ),
)
"""The fields of decisions."""
