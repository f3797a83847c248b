"""Acts at the desk before which somebody shows again who they are: they change accounts, or cannot be taken back."""

# By names of addresses, for reading and for posting: so nothing is typed before it is asked.
DANGEROUS = frozenset(
    {
        # Accounts, what they may do, and their sessions.
        "commitments_user_add",
        "commitments_user_change",
        "commitments_user_sessions",
        "auth_user_password_change",
        "auth_group_add",
        "auth_group_change",
        "auth_group_delete",
        # What is gone then, or moves the whole of a record.
        "commitments_development_delete",
        "commitments_commitment_retract",
        "commitments_commitment_merge",
        "commitments_commitment_undo_merge",
        "commitments_commitment_split",
    }
)
# What is posted here holds passwords, and waits nowhere.
SECRET = frozenset({"commitments_user_add", "auth_user_password_change"})
