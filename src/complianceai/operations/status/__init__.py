"""How every neighbour is and was: looked at every minute by a worker, kept ninety days, shown to who runs the site."""
