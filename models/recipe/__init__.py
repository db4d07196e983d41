"""The recipe of the bundled model: data, tokenizer, training, export and evaluation."""
