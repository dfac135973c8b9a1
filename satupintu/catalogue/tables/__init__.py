"""Tables of businesses: CSV and Parquet in blocks, the engines that answer for all rows, and the city to try with."""

from satupintu.catalogue.tables.reading import TableFile, UnusableTable
from satupintu.catalogue.tables.writing import TableWriter

__all__ = ["TableFile", "TableWriter", "UnusableTable"]
