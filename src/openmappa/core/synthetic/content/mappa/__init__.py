"""What stands behind the MAPPA facts of a generated case: minutes, decisions, actions, referrals."""
