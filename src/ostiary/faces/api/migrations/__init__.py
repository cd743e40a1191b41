"""The API's tables, step by step."""
