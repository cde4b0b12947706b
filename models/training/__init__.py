"""The recipe that made the weights: data, training, evaluation, export."""
