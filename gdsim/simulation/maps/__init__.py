"""Maps: the ends of very many runs of one optimizer, from every start or with every setting."""
