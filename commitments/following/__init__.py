"""Telling those who follow a query what changed: composing messages, and sending them."""
