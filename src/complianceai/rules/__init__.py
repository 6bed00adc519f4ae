"""What a company owes, by when, why, and what lateness costs. No web, no database, no clock."""
