"""Papers signed by those who are asked, one after the other or all at once, and sealed when the last has signed.

Whoever is asked needs no account: a link leads to the paper, a code by mail shows that the mailbox is theirs, and
a name typed or drawn is their signature. What is signed is bound to the hash of the version that was approved.
"""
