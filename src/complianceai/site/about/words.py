"""What is done for safety, in words of everyday; docs/security says each at length."""

from complianceai.site.words import marked

POINTS = (
    (
        "key",
        marked("Who comes in"),
        (
            marked("Passwords are kept as Argon2 hashes only, and common ones are refused."),
            marked("A second step or a passkey is there for everybody, in every plan."),
            marked("You see where you are signed in, and end any session at once."),
        ),
    ),
    (
        "user",
        marked("Who sees what"),
        (
            marked("What another company keeps is not forbidden to you: for you it does not exist."),
            marked("Each role has its table of what it may do, and a test walks every address by it."),
            marked("Nobody approves their own work; the database itself refuses it."),
        ),
    ),
    (
        "book",
        marked("What happened"),
        (
            marked("Every change stands in a trail, with who, when and from where."),
            marked("Its rows are chained by hash, and the database refuses to change or delete one."),
            marked("You can take the trail along and check it without us."),
        ),
    ),
    (
        "file",
        marked("Your papers"),
        (
            marked(
                "Each company's files lie apart, known by their hash, and are looked at before they are kept."
            ),
            marked(
                "Backups can be encrypted for a key that the server does not have; one counts once it was restored."
            ),
            marked("You can download everything, and delete it for good."),
        ),
    ),
    (
        "question",
        marked("The assistant"),
        (
            marked("It answers from rules with their source, without any model."),
            marked("Where a model is set up, your company's name and numbers are masked before it is asked."),
            marked("A date or an amount that the rules do not bear out is not shown."),
        ),
    ),
    (
        "check",
        marked("These pages"),
        (
            marked(
                "No trackers, no advertisements, and no script of anybody else's on a page that shows your data."
            ),
            marked(
                "In production a connection beyond our own network is encrypted, or the server does not start."
            ),
            marked("Every release is tested against attacks, and its libraries are locked by hash."),
        ),
    ),
)
