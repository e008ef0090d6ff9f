"""Did they say it? The verdict on one quotation, and on every quotation of an article."""
