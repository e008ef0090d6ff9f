"""What is in the characters before anyone is named: languages, sentences, numbers, dates, words of a lexicon.

Every function takes a text and works on the slice `[start, end)` of it; the offsets it gives back are code
points of the whole text. All of them are linear in the slice. What each language knows stands in
`lexicon/<language>/text.toml`.
"""
