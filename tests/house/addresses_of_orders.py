"""The addresses of civil orders and recalls that hold a form, and the row of the case that each of them names."""

ORDER_ROWS: dict[str, str] = {
    "orders:record": "",
    "orders:step": "order_step",
    "orders:set_aside": "order",
    "orders:breach": "order",
    "orders:change_breach": "order_breach",
    "orders:set_aside_breach": "order_breach",
    "orders:record_recall": "",
    "orders:decide_recall": "recall",
    "orders:return_recall": "recall",
    "orders:release_recall": "recall",
    "orders:set_aside_recall": "recall",
}
"""The forms, by the row of the case that their address holds."""
