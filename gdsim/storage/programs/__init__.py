"""An experiment as a program in Python: with gdsim itself, or with PyTorch alone."""
