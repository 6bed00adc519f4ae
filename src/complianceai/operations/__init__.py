"""What whoever runs the product needs: is it well, and later what it does, its copies and its moves."""
