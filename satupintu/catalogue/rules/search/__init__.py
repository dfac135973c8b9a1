"""From market words to KBLI codes: "jual cilok keliling" gives 56104 first, and says why.

The goods words of a query choose a class of goods; a class has one code for each way of selling (cart, stall, online,
make and pack, repair ...). Verbs and places in the query choose among those ways. Writing is forgiven twice: words
are compared by a key that chat spellings share, then by a few letters of difference. What no market word explains is
looked up in the official titles, which always rank below.

Sums are whole numbers, so that the same search in the browser (``search.js``) gives the same order.
"""

from satupintu.catalogue.rules.search.index import build, load, to_json
from satupintu.catalogue.rules.search.ranking import suggest
from satupintu.catalogue.rules.search.shapes import Index, Suggestion

__all__ = ["Index", "Suggestion", "build", "load", "suggest", "to_json"]
