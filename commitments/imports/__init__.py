"""Reading files of records: every problem at once, then one transaction through the actions."""
