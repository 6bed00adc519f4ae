"""What the product says of itself to people, and to machines that find pages."""
