"""What a column of an imported file may stand for, and the words by which people call it in several languages."""

from __future__ import annotations

import re
import unicodedata

from gemba.domain.complaints import (
    ComplaintDecision,
    ComplaintState,
    Consent,
    Severity,
    SimilarElsewhere,
    ToldBack,
)
from gemba.domain.vocabularies import Facet

KEY, MORE, PLACE = "key", "more", "place"
FACETS = tuple(facet.value for facet in Facet)
MOMENTS = (
    *("received_at", "acknowledged_at", "assessed_at", "investigating_at", "decided_at"),
    *("told_at", "closed_at", "reopened_at"),
)
DAYS = ("occurred_on", "delete_by")
TEXTS = (
    *("customer", "contact", "words", "language", "summary", "remedy_sought", "purpose", "owner", "answer"),
    "similar_note",
)
CHOSEN: dict[str, type] = {
    "severity": Severity,
    "state": ComplaintState,
    "consent": Consent,
    "decision": ComplaintDecision,
    "told_back": ToldBack,
    "similar": SimilarElsewhere,
}
NUMBERS = ("reopened",)
FIELDS = (KEY, *MOMENTS, *DAYS, PLACE, *FACETS, *CHOSEN, *TEXTS, *NUMBERS, MORE)
"""What may be said of a column; `more` keeps it beside the record, under its title."""
JOINED = frozenset({"received_at", *TEXTS})
"""Fields that several columns may make up together: a day and a time, a subject and a text."""

_TITLES: dict[str, str] = {
    "key": (
        "id|key|number|no|nr|case|case id|case number|case no|complaint id|complaint number|complaint no|ticket|"
        "ticket id|ticket number|reference|ref|reference number|request id|service request number|sr number|incident|"
        "incident number|unique key|beschwerdenummer|beschwerde nr|vorgang|vorgangsnummer|fallnummer|aktenzeichen|"
        "numero|numero de reclamation|reclamation id|dossier|folio|expediente|numero de caso|pratica|"
        "numero reclamo|klachtnummer|αριθμος|κωδικος|номер"
    ),
    "received_at": (
        "received|received at|date received|received date|received on|creation date|created|created at|created date|"
        "created on|date created|opened|opened at|open date|date opened|date|reported|reported at|report date|"
        "submitted|submitted at|date submitted|complaint date|logged|logged at|entry date|timestamp|eingang|"
        "eingegangen|eingangsdatum|eingegangen am|datum|erstellt|erstellt am|gemeldet am|date de reception|"
        "date de creation|recu|recu le|fecha|fecha de recepcion|recibido|fecha de creacion|data|ricevuto|"
        "data ricezione|data di apertura|data de recebimento|ontvangen|datum ontvangst|ημερομηνια|ημερομηνια παραλαβης|"
        "дата|time received|received time|eingangszeit|uhrzeit"
    ),
    "occurred_on": (
        "occurred|occurred on|incident date|event date|date of event|date of incident|vorfallsdatum|ereignisdatum|"
        "date de l incident|date des faits|fecha del incidente|data evento|datum voorval"
    ),
    "closed_at": (
        "closed|closed at|closed date|date closed|close date|completion date|completed at|completed on|date completed|"
        "resolved|resolved at|resolution date|date resolved|geschlossen|geschlossen am|abgeschlossen am|erledigt am|"
        "date de cloture|clos le|fecha de cierre|cerrado|data chiusura|gesloten op"
    ),
    "acknowledged_at": "acknowledged|acknowledged at|date acknowledged|bestätigt am|accuse le|fecha de acuse",
    "told_at": (
        "told|told at|answered|answered at|responded|responded at|response date|date sent to company|replied at|"
        "beantwortet am|repondu le|fecha de respuesta|data risposta"
    ),
    "decided_at": "decided|decided at|decision date|entschieden am|decide le|fecha de decision",
    "place": (
        "place|site|branch|location|store|shop|office|region|area|district|station|ward|standort|filiale|ort|"
        "niederlassung|betrieb|lieu|agence|site concerne|magasin|sucursal|lugar|tienda|sede|filial|vestiging|"
        "καταστημα|τοποθεσια|филиал|city|city name"
    ),
    "product": (
        "product|product name|service|product group|type of service|produkt|produit|producto|prodotto|produto|"
        "προιον|продукт|type of service request"
    ),
    "step": "step|process step|process|stage|phase|prozessschritt|schritt|prozess|etape|paso|etapa|fase|processtap",
    "channel": (
        "channel|contact type|contact channel|source channel|submitted via|how received|origin|kanal|eingangskanal|"
        "eingangsweg|canal|canale|kanaal|καναλι|канал|via"
    ),
    "segment": (
        "segment|customer segment|customer type|customer group|kundensegment|kundengruppe|type de client|segmento"
    ),
    "cause": (
        "cause|root cause|reason|issue|issue type|category|subcategory|sub issue|complaint type|nature|"
        "complaint reason|ursache|grund|kategorie|beschwerdegrund|motif|cause racine|categorie|causa|motivo|categoria|"
        "oorzaak|αιτια|κατηγορια|причина|what is the nature of this code violation"
    ),
    "severity": (
        "severity|priority|impact|urgency|seriousness|level|schwere|schweregrad|priorität|dringlichkeit|gravite|"
        "priorite|gravedad|prioridad|gravita|priorita|ernst|prioriteit|σοβαροτητα|приоритет"
    ),
    "customer": (
        "customer|customer name|name|client|client name|complainant|consumer|caller|caller id|customer id|kunde|"
        "kundenname|beschwerdeführer|nom du client|nom|cliente|nombre|reclamante|klant|πελατης|клиент"
    ),
    "contact": (
        "contact|email|e mail|mail|phone|telephone|phone number|contact details|telefon|kontakt|courriel|telefono|"
        "correo|correo electronico|telefone|τηλεφωνο"
    ),
    "words": (
        "words|text|complaint|complaint text|narrative|consumer complaint narrative|description|details|comment|"
        "comments|message|body|verbatim|feedback|what was said|customer said|"
        "what the customer said|beschwerde|beschwerdetext|beschreibung|wortlaut|nachricht|"
        "texte|description de la reclamation|commentaire|reclamation|descripcion|texto|mensaje|reclamo|descrizione|"
        "testo|descricao|klacht|omschrijving|κειμενο|περιγραφη|текст|описание"
    ),
    "language": "language|lang|sprache|langue|idioma|lingua|taal|γλωσσα|язык",
    "summary": (
        "summary|subject|title|headline|short description|betreff|titel|zusammenfassung|objet|sujet|asunto|oggetto"
    ),
    "remedy_sought": "remedy|remedy sought|desired outcome|requested remedy|wunsch|gewünschte lösung|demande|solicitud",
    "state": (
        "state|status|incident state|case status|stage of case|stand|zustand|bearbeitungsstand|statut|etat|estado|"
        "stato|situacao|κατασταση|статус"
    ),
    "owner": "owner|process owner|responsible|verantwortlich|prozesseigner|responsable|responsabile|eigenaar",
    "decision": "decision|outcome|resolution outcome|entscheidung|decision prise|resultado|esito",
    "answer": "answer|response|reply|company response|antwort|reponse|respuesta|risposta|company public response",
    "consent": "consent|consumer consent|einwilligung|consentement|consentimiento|consenso",
    "reopened": "reopen count|reopened|reopened count|reopens|times reopened",
    "delete_by": "delete by|retention date|löschdatum|a supprimer le",
}

_WORDS: dict[str, dict[str, str]] = {
    "severity": {
        "critical": "critical|crit|severe|very high|urgent|emergency|kritisch|sehr hoch|critique|critico|critica|1|p1",
        "high": "high|major|serious|hoch|schwer|haut|haute|eleve|elevee|grave|alto|alta|hoog|2|p2|υψηλη|высокий",
        "medium": "medium|moderate|normal|mittel|moyen|moyenne|medio|media|middel|gemiddeld|3|p3|μεσαια|средний",
        "low": (
            "low|minor|niedrig|gering|leicht|faible|bas|baja|bajo|bassa|basso|laag|4|p4|5|p5|planning|χαμηλη|низкий"
        ),
    },
    "state": {
        "received": (
            "received|new|open|open dup|opened|logged|submitted|neu|offen|eingegangen|nouveau|ouvert|nuevo|"
            "abierto|nuovo"
        ),
        "acknowledged": "acknowledged|assigned|accepted|bestatigt|zugewiesen|accuse|asignado|confermato",
        "assessed": "assessed|triaged|bewertet|evalue|evaluado",
        "investigating": (
            "investigating|in progress|active|pending|on hold|awaiting user info|awaiting evidence|awaiting vendor|"
            "awaiting problem|working|wip|in bearbeitung|en cours|en curso|en proceso|in corso|in behandeling"
        ),
        "decided": "decided|resolved|entschieden|gelost|resolu|resuelto|risolto|opgelost",
        "told": "told|answered|responded|replied|beantwortet|repondu|respondido",
        "closed": (
            "closed|complete|completed|done|finished|"
            "completed dup|closed dup|closed with explanation|closed with monetary relief|"
            "closed with non monetary relief|geschlossen|abgeschlossen|erledigt|ferme|clos|cloture|cerrado|chiuso|"
            "gesloten|κλειστο|закрыт"
        ),
        "reopened": "reopened|wieder geoffnet|rouvert|reabierto|riaperto|heropend",
    },
    "consent": {
        "none": "none|no|consent not provided|consent withdrawn|nein|non|withdrawn",
        "internal": "internal|intern|interne|interno",
        "quotable": "quotable|yes|consent provided|ja|oui|si|given",
        "unknown": "unknown|other|n a|na|unbekannt|inconnu",
    },
    "decision": {
        "upheld": "upheld|justified|founded|berechtigt|fondee|fundada|yes",
        "partly_upheld": "partly upheld|partially upheld|partly|teilweise berechtigt|partiellement fondee|partial",
        "rejected": "rejected|not upheld|unjustified|unfounded|unberechtigt|abgelehnt|rejetee|non fondee|no",
        "withdrawn": "withdrawn|zuruckgezogen|retiree|retirada",
    },
    "told_back": {
        "yes": "yes|ja|oui|si|true|1",
        "not_wanted": "not wanted|nicht gewunscht|non souhaite",
        "not_reached": "not reached|no|nein|non|nicht erreicht|false|0",
    },
    "similar": {"no": "no|nein|non|false|0", "yes": "yes|ja|oui|si|true|1", "could_occur": "could occur|possible"},
}
_OTHER = re.compile(r"[\W_]+")
_NUMBERED = re.compile(r"^(\d+) \S")


def plain(title: str) -> str:
    """Words as they are compared: small, without accents, whatever stands between them one blank."""
    apart = unicodedata.normalize("NFKD", title.replace("ß", "ss").casefold())
    return _OTHER.sub(" ", "".join(letter for letter in apart if not unicodedata.combining(letter))).strip()


TITLES: dict[str, str] = {plain(title): field for field, some in reversed(_TITLES.items()) for title in some.split("|")}
"""Field by title, as `plain` spells it."""
SAID: dict[str, dict[str, str]] = {
    field: {plain(word): code for code, some in codes.items() for word in (*some.split("|"), code)}
    for field, codes in _WORDS.items()
}
"""What is meant, by field and by the words for it, as `plain` spells them."""


def meant(field: str, cell: str) -> str | None:
    """The code that a cell means of a field with fixed ones; `None` when it means none. `2 - Medium` goes by its words.

    Numbers of severity count from 1, the worst, as service desks do.
    """
    said = plain(cell)
    codes = SAID[field]
    if said in codes:
        return codes[said]
    if (match := _NUMBERED.match(said)) is not None:
        return codes.get(said[match.end(1) + 1 :])
    return None
