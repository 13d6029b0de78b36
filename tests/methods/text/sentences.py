"""Short sentences as customers write them, four in each of seven languages."""

SENTENCES = {
    "en": (
        "My card still has not arrived.",
        "Nobody called me back after two weeks.",
        "The queue at the counter was far too long.",
        "I was charged twice for the same order.",
    ),
    "de": (
        "Meine Karte ist immer noch nicht da.",
        "Niemand hat mich nach zwei Wochen zurückgerufen.",
        "Die Schlange am Schalter war viel zu lang.",
        "Die gleiche Bestellung wurde zweimal abgebucht.",
    ),
    "fr": (
        "Ma carte n'est toujours pas arrivée.",
        "Personne ne m'a rappelé depuis deux semaines.",
        "La file au guichet était beaucoup trop longue.",
        "On m'a débité deux fois la même commande.",
    ),
    "es": (
        "Mi tarjeta todavía no ha llegado.",
        "Nadie me llamó después de dos semanas.",
        "La cola en la ventanilla era demasiado larga.",
        "Me cobraron dos veces el mismo pedido.",
    ),
    "it": (
        "La mia carta non è ancora arrivata.",
        "Nessuno mi ha richiamato dopo due settimane.",
        "La fila allo sportello era troppo lunga.",
        "Mi hanno addebitato due volte lo stesso ordine.",
    ),
    "nl": (
        "Mijn kaart is nog steeds niet aangekomen.",
        "Niemand heeft me na twee weken teruggebeld.",
        "De rij aan de balie was veel te lang.",
        "Dezelfde bestelling is twee keer afgeschreven.",
    ),
    "pt": (
        "O meu cartão ainda não chegou.",
        "Ninguém me ligou depois de duas semanas.",
        "A fila no balcão era demasiado longa.",
        "Cobraram-me duas vezes a mesma encomenda.",
    ),
}
