"""The rules of referral that are in service."""

from openmappa.core.packs.load import IN_SERVICE, load_mappa_referrals
from openmappa.core.packs.mappa_referral_rules import MappaReferralRules


def referral_rules() -> MappaReferralRules:
    """The rules of the newest pack in service, read once."""
    return load_mappa_referrals(IN_SERVICE[-1])
