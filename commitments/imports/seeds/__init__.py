"""The seed data: files of `seeds/`, loaded through the actions that an editor uses."""
