"""Decisions of an import: columns, cells, known records, what becomes of each line."""
