"""The whole site as files that can be read without a server: every public page, its links made relative."""
