"""The landscape, of all optimizers or one each."""
