"""How many queries a page costs, in either pack."""
