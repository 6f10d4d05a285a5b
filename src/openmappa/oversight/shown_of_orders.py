"""What the pages of civil orders and recalls show of cases, for the table in ``shown``."""

from collections.abc import Mapping

ORDER_PAGES: Mapping[str, str] = {
    "orders:list": "Orders and recalls",
    "orders:record": "Form to record a civil order",
    "orders:step": "Form to record what happened to a civil order",
    "orders:set_aside": "Form to set a civil order aside",
    "orders:breach": "Form to record a breach of an order",
    "orders:change_breach": "Form to record what became of a breach",
    "orders:set_aside_breach": "Form to set a breach aside",
    "orders:record_recall": "Form to record a request for recall",
    "orders:decide_recall": "Form to record the decision on a recall",
    "orders:return_recall": "Form to record the return to custody",
    "orders:release_recall": "Form to record the release after a recall",
    "orders:set_aside_recall": "Form to set a recall aside",
}
"""Pages of one case, by the name of their address."""
