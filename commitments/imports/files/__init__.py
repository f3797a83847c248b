"""Files that editors import: read, compared with the record, shown, and written through the actions."""
