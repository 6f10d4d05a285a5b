"""Names that nobody bears: every person of a sample caseload is made up, and looks it."""

GIVEN_NAMES = (
    *("Sample", "Specimen", "Example", "Placeholder", "Dummy", "Mock", "Demo", "Testy", "Trial", "Proxy"),
    *(
        "Stand-In",
        "Nobody",
        "Noname",
        "Anon",
        "Unreal",
        "Imaginary",
        "Fabricated",
        "Synthetic",
        "Virtual",
        "Random",
    ),
    *(
        "Template",
        "Draft",
        "Mimic",
        "Figment",
        "Replica",
        "Prototype",
        "Pretend",
        "Invented",
        "Fictive",
        "Make-Believe",
    ),
    *(
        "Paper",
        "Cardboard",
        "Blank",
        "Sketch",
        "Pattern",
        "Model",
        "Token",
        "Notional",
        "Simulated",
        "Hypothetical",
    ),
)
FAMILY_BEGINNINGS = (
    *("Madeup", "Notreal", "Testcase", "Fictional", "Nonesuch", "Phantom", "Dataset", "Seedling", "Fakename"),
    *("Mockford", "Dummy", "Samplers", "Placehold", "Untrue", "Storybook", "Pretender", "Nowhere", "Fable"),
)
FAMILY_ENDINGS = (
    "",
    "-Example",
    "-Sample",
    "-Specimen",
    "-Testrow",
    "-Record",
    "-Person",
    "-Fixture",
    "son",
    "ley",
)
AREAS = ("northshire", "eastmarch", "westvale", "southmoor", "midwater")
PREFIXES = ("NSH", "EMA", "WVA", "SMO", "MWA")
LETTERS = "newsmabcdfghijklopqrtuvxyz"  # the first letter of each named area, then the letters that are left
FORCES = "ABCDE"
