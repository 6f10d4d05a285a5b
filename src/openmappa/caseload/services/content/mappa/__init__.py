"""The MAPPA side of a demonstration: what stands behind its facts, and what comes in the next four weeks."""
