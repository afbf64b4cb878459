"""One file for each kind of spec; `dlcore.experiments.<kind>` holds a class named after it in CamelCase.

An experiment is a plain object that a student can use in a notebook:

- `Experiment(spec)` draws data and weights; `spec` holds the hyperparameters in force and is replaced at edits,
- `step()` does one optimiser update, `observe()` returns named numbers and arrays of the present moment,
- `state()` returns the arrays, by name, that one update changes; writing into them restores the experiment,
- `weights()` (optional) returns the trained parameters by name, `ask(question)` (optional) an answer from them,
- `is_done` (optional) says that there is nothing left to learn before the spec's end,
- `steps_done` counts the updates, `generator` (optional) is the numpy Generator that draws during training.

Its module and what it imports of dlcore are inlined into the exported script, so it uses nothing but plain fields of
its spec, torch, numpy and scikit-learn.
"""
