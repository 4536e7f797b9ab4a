"""Sweeps: how every optimizer does with every learning rate, and whether the range test agrees."""
