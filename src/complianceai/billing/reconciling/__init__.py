"""Our books compared with Razorpay's list, every night."""
