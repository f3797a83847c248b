"""What readers take away: one allow-list of columns, from which every download is made."""
