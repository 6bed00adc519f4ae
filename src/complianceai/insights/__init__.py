"""What people do, what they pay and what they think, as figures; and the console of who runs the site."""
