"""How good is onrecord? Measured on texts with known answers, against floors that only rise.

    python -m evals                      measure everything and compare with evals/floors.json
    python -m evals --update             raise the floors to what was measured
    python -m evals --table              write the README's and docs/evaluation.md's tables from the floors
    python -m evals labels --save F      write down every printed label that is found now
    python -m evals labels --against F   which labels were added and removed since then

docs/evaluation.md says what each column means and how to add a stage.
"""
