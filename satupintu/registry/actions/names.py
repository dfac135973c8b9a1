"""Keeping the dictionary of names in step with people and their businesses."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef

from satupintu.registry.models import NameKey, NameUse, NameWord, Person
from satupintu.registry.rules.names import trigrams, words


def _reindex(person: Person) -> None:
    """Write anew by which words a person is found: their name and the names of their businesses."""
    NameUse.objects.filter(person=person).delete()
    if person.merged_into_id or person.forgotten_at:
        return
    texts = [person.display_name, *person.businesses.values_list("trade_name", flat=True)]
    wanted = {word for text in texts for word in words(text)}
    keys = _words(wanted)
    NameUse.objects.bulk_create(
        [NameUse(word_id=keys[word], person=person, region=person.region) for word in sorted(wanted)]
    )


def _drop_unused_words() -> int:
    """Take out of the dictionary the words that are in nobody's name any more; returns how many."""
    unused = NameWord.objects.filter(~Exists(NameUse.objects.filter(word=OuterRef("pk"))))
    return unused.delete()[1].get(NameWord._meta.label, 0)


def _words(wanted: Iterable[str]) -> dict[str, int]:
    """The keys of words in the dictionary, new ones added with their trigrams."""
    wanted = sorted(set(wanted))
    known = dict(NameWord.objects.filter(word__in=wanted).values_list("word", "pk"))
    fresh = [word for word in wanted if word not in known]
    if fresh:
        # Another process may add the same word at the same moment; both then find it.
        NameWord.objects.bulk_create([NameWord(word=word) for word in fresh], ignore_conflicts=True)
        added = dict(NameWord.objects.filter(word__in=fresh).values_list("word", "pk"))
        NameKey.objects.bulk_create(
            [NameKey(trigram=piece, word_id=pk) for word, pk in added.items() for piece in sorted(trigrams(word))],
            ignore_conflicts=True,
        )
        known |= added
    return known
