"""What stands in the addresses of this room's pages, for the test that walks them as every role."""

from satupintu.catalogue import queries

ARGUMENTS = {
    "catalogue:paper": lambda visitor: {"code": "nib"},
    "catalogue:practice-example": lambda visitor: {"example_id": queries.catalogue().examples[0].id},
    "catalogue:question": lambda visitor: {"question_id": next(iter(queries.catalogue().questions))},
    "catalogue:law": lambda visitor: {"law_id": next(iter(queries.catalogue().laws))},
}
