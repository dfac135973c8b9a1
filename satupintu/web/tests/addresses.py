"""What stands in the addresses of this room's pages, for the test that walks them as every role."""

ARGUMENTS = {"web:language": lambda visitor: {"code": "en"}}
