"""What Razorpay tells by itself: checked, remembered once, and taken as a reason to ask."""
