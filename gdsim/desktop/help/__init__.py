"""Help: every sign in the window, and what it stands for."""
