"""Accounts of those who work at the desk: log-in, second factors, sessions, and what they are told of them."""
