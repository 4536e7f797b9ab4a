"""Running it: experiments, loops over steps, and what came out."""
