sample-banner = You are looking at sample data.
sample-leave = Use my own accounts
