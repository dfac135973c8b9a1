"""Finding people by a name that may be spelled otherwise.

A dictionary of words (``NameWord``), the pieces of three letters by which a word is found (``NameKey``), and who
bears a word in their name or the name of their business (``NameUse``). Both databases answer it from plain indexes.
"""

from typing import ClassVar

from django.db import models

from satupintu.registry.models.people import Person


class NameWord(models.Model):
    """One folded word of a name."""

    word = models.CharField(max_length=30, unique=True)

    def __str__(self) -> str:
        return self.word


class NameKey(models.Model):
    """One trigram of one word."""

    trigram = models.CharField(max_length=3)
    word = models.ForeignKey(NameWord, on_delete=models.CASCADE, related_name="keys")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["trigram", "word"], name="registry_one_key")]

    def __str__(self) -> str:
        return f"{self.trigram} {self.word_id}"


class NameUse(models.Model):
    """A word in somebody's name; the region stands here too, so that an area is searched without a join."""

    word = models.ForeignKey(NameWord, on_delete=models.CASCADE, related_name="uses", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="name_uses", db_index=False)
    region = models.CharField(max_length=13, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "word"], name="registry_one_use")]
        indexes: ClassVar = [models.Index(fields=["word", "region", "person"], name="registry_use_by_area")]

    def __str__(self) -> str:
        return f"{self.word_id} {self.person_id}"
