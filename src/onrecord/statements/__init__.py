"""What was put on record: quotations with their speakers, and the ledger of statements.

`quotes.find_quotes` finds quotations and the words that say whose they are; `quotes.quotes` gives them people.
"""
