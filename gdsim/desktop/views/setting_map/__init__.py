"""Tell how one optimizer does with every pair of values of two of its hyperparameters."""
