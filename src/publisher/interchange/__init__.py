"""Formats in and out: what comes from elsewhere is checked whole before anything is stored.

Modules here turn bytes into values and values into bytes; they read no clock and no store.
"""
