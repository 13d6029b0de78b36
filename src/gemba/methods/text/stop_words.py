"""Words that carry no subject, by language (ISO 639-1): for themes, and to tell a language without the extra.

Own lists of the commonest function words; denials (not, nicht, pas) are no stop words, because complaints live by them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

_LISTS = {
    "en": """a an the and or but if of to in on at by for from with as is am are was were be been being it its this that
        these those i me my we us our you your he him his she her they them their there here what which who when where
        how why do does did doing done have has had having will would can could shall should may might must so than
        then too very just also into out up down over again about after before because while until only own same such
        both each other some any all more most i'm i've it's don't didn't can't get got one
        please need want know help""",
    "de": """der die das den dem des ein eine einen einem einer eines und oder aber wenn von zu in im am an auf bei für
        mit aus als ist bin sind war waren wird wurde werden sein es dies diese dieser dieses ich mich mir mein meine
        meinen wir uns unser sie ihr ihre er ihm ihn man sich da hier was wer wie wo wann warum hat habe haben hatte
        hatten kann konnte können soll sollte muss so dass noch schon auch nur nach vor über unter durch um zum zur ja
        dann doch sehr mal bis seit dort bitte""",
    "fr": """le la les un une des du de d l et ou mais si à au aux en dans sur par pour avec comme est suis sont était
        étaient être été il elle ils elles on ce cette ces cet c je j me m mon ma mes nous notre nos vous votre vos tu
        te ton leur leurs y qui que qu quoi dont où quand comment pourquoi a ai as ont avait avoir fait faire peut
        plus très aussi encore après avant chez sans se s son sa ses lui là""",
    "es": """el la los las un una unos unas y o u pero si de del al a en con por para como es soy son era eran ser fue
        fueron estar está están estaba lo le les se me mi mis nos nuestro nuestra tu su sus yo él ella ellos usted
        ustedes este esta esto estos estas ese esa eso que quien cual cuando donde porque ha he han había hay hace
        puede muy más ya también todo toda después antes desde hasta sobre""",
    "it": """il lo la i gli le un uno una di del della dei delle dello e ed o ma se a al alla ai alle in nel nella con
        da dal dalla per su sul sulla come è sono era erano essere stato stata mi mio mia miei ci noi nostro nostra si
        suo sua loro io lui lei questo questa questi quello quella che chi cui quando dove perché ha ho hanno aveva
        abbiamo può più molto anche già ancora dopo prima""",
    "nl": """de het een en of maar als van naar in op aan bij voor met uit door is ben zijn was waren wordt werd worden
        het dit dat deze die ik mij mijn me wij we ons onze u uw jij je jullie hij hem zij ze hun er hier daar wat wie
        hoe waar wanneer waarom heeft heb hebben had hadden kan kon kunnen zal zou moet ook nog al te zo dan om over
        na tot heel zeer wel""",
    "pt": """o a os as um uma uns umas e ou mas se de do da dos das em no na nos nas por pelo pela para com como é sou
        são era eram ser foi foram está estão estava eu me meu minha meus nós nosso nossa você vocês ele ela eles elas
        lhe seu sua seus este esta isto esse essa isso que quem qual quando onde porque tem tenho têm tinha há pode
        muito mais já também após até sobre ao à""",
    "pl": """i a w we z ze na do od dla po o u za przez przy pod nad jak jest są był była było być to ten ta te tego tej
        tym ja mi mnie mój moja my nas nam wy pan pani on ona oni się że który która które co kto gdzie kiedy czy ale
        lub oraz już też tak bardzo tylko jeszcze mam ma ich jego jej""",
    "sv": """och i att det som en på är av för med till den har de inte om ett han men var jag sig från vi så kan när år
        under också efter eller nu sin där vid mot ska skulle kommer ut får finns vara hade alla andra mycket än här
        då sedan över bara in blir upp även vad få två vill ha många hur mer går mitt min mig er ni du""",
}
STOP_WORDS: dict[str, frozenset[str]] = {code: frozenset(words.split()) for code, words in _LISTS.items()}
"""By language."""
_VOTERS = 500
_FEWEST = 0.05
_WORD = re.compile(r"[^\W\d_]+")


def stop_words_of(texts: Sequence[str]) -> frozenset[str]:
    """The stop words of the languages that at least 5 % of these texts are written in, judged by their first 500."""
    votes = Counter(best for text in texts[:_VOTERS] if (best := _most_hits(text)))
    spoken = [code for code, count in votes.items() if count >= _FEWEST * votes.total()]
    return frozenset().union(*(STOP_WORDS[code] for code in spoken or ["en"]))


def _most_hits(text: str) -> str:
    words = _WORD.findall(text.casefold())
    hits = {code: sum(word in stops for word in words) for code, stops in STOP_WORDS.items()}
    best = max(hits, key=hits.__getitem__)
    return best if hits[best] else ""
