"""What generated minutes say under each item of the agenda beside what agencies told: by item and by case."""

from collections.abc import Mapping

Deck = tuple[str, ...]
LIKELIHOOD: Mapping[str, Deck] = {
    "very_high": (
        "RM2000 puts likelihood of reconviction at very high. Nobody proposed to read it as less.",
        "Very high on RM2000; earlier convictions weigh more than anything said today.",
        "The band stays very high. It says how likely, not how harmful: the meeting took the two apart.",
    ),
    "high": (
        "High on RM2000. The last year without an arrest does not change what it counts.",
        "Likelihood is high. Police and probation read the answers side by side and agree.",
        "RM2000 band high; no new conviction since it was scored.",
    ),
    "medium": (
        "Medium on RM2000. The pattern of the offence worries the meeting more than the band.",
        "Likelihood is medium. It was scored by the officer and is two pages in the file.",
        "The medium band was noted. What moves in {his} life matters more at this point.",
    ),
    "low": (
        "Low on RM2000. Harm, if it came, would still be serious.",
        "Likelihood is low, and nobody relies on that alone.",
        "The low band was noted; it counts age and record, and neither sees a new partner.",
    ),
    "": (
        "No RM2000 yet. Police will score it before the next meeting.",
        "RM2000 does not apply. OASys was used instead.",
        "Without an RM2000 the meeting went by OASys and what it heard.",
    ),
}
HARM: Mapping[str, Deck] = {
    "child_contact": (
        "Harm would be to a child whom {he} gets to know through a family. It is most likely when {he} is trusted.",
        "Most at risk: children of new acquaintances. Weeks without company came before each offence.",
        "The meeting went through the run-up to the offence. Two of five steps are there again: no work, and a lonely"
        " month.",
        "Harm to children stays serious. What holds it is that people around {him} know.",
        "No sign of a family being sought out. It was asked of each agency in turn.",
    ),
    "adult_contact": (
        "Those at risk are adults {he} meets in the evening. Drink and a refusal came before the offence.",
        "Harm is most likely after a quarrel. The meeting asked who would notice one.",
        "A partner would be at risk before a stranger. There is none at present, as far as anybody knows.",
        "Serious harm to adults remains possible; weekends are when.",
        "Anger was seen twice in supervision, and talked through both times.",
    ),
    "images": (
        "The harm is to the children in images. Contact cannot be ruled out, and is not what is expected first.",
        "A new computer, or long nights alone, would come before anything else.",
        "What would be seen first: sleep turned round, telephone off, money spent on equipment.",
        "No device that was not declared. The meeting accepts that this is easily hidden.",
        "The move from looking to approaching was discussed; there is no evidence of one.",
    ),
    "exposure": (
        "Women alone on paths and in parks are at risk of fright. A contact offence cannot be ruled out.",
        "It comes after bad days, before dark. {He} now says so {himself}.",
        "The same three paths come up in each offence. Patrols pass two of them.",
        "More often would come before more serious. Neither has been seen.",
        "Reports of a man in the park were compared with {his} movements. They do not fit.",
    ),
}
CHANGE: Deck = (
    "Compared with the last meeting: no change.",
    "The meeting saw small steps in the right direction, and was slow to call them progress.",
    "Probation sees a little more risk than police. Both views are written down.",
    "What would lower it: a settled home, and somebody who asks. Neither is there yet.",
    "Nothing protective was lost since the last meeting.",
    "The picture is calmer than in spring; the meeting asked why, and did not find out.",
    "One thing is new and was looked at longer than the rest: who visits {him}.",
    "Agencies agree on the level of harm. They differ on how near it is.",
)
VICTIMS: Mapping[str, Deck] = {
    "known": (
        "The victim’s wishes were read first. The plan was looked through for anything that would surprise them.",
        "Exclusion and no contact are written into the conditions, and have been kept.",
        "What the victim unit said was heard; it is minuted apart and is not for the offender.",
        "There were no approaches to the victim. The officer asks {him} at every visit.",
        "The victim’s address stays out of these minutes. The unit has it.",
        "The meeting asked who tells the victim of a move, and on which day. It is the unit, the day before.",
    ),
    "none": (
        "No victim is in contact with the unit. Possible new victims are those under likelihood and harm.",
        "Nobody asked to be kept informed. The unit would take it up at any time.",
        "The victim is out of the area and chose no contact. Nothing in the plan touches them.",
        "No identified victim to inform. The meeting thought of who could be next, and where.",
        "The unit confirmed by telephone that nobody is registered with it.",
    ),
}
CHILDREN: Mapping[str, Deck] = {
    "risk": (
        "Each agency was asked what it knows of children around {him}. The answers are above.",
        "The child protection unit was told of this meeting and has nothing open.",
        "Contact with children: none that is agreed. Family birthdays were talked about before they come.",
        "The check of the address found no child. It is to be repeated after any new tenant.",
        "Two households were named in which {he} is a guest. Children’s services take both away to look up.",
        "The meeting agreed that “never alone with” is not a plan, and wrote down who is there when.",
    ),
    "none": (
        "The offence was not against a child. The question was asked all the same; nothing is known.",
        "No child in the household or nearby family.",
        "No concern. A new partner with children would be one, and {he} knows whom to tell.",
        "Not at issue today.",
    ),
}
ACCOMMODATION: Mapping[int, Deck] = {
    0: (
        "Settled, and suitable. Nobody proposes a change.",
        "The address is the one on the register. It stays.",
        "Accommodation holds; what would end it is a complaint, and housing rings the officer first.",
        "No action. The tenancy is one of the things that keep {him} steady.",
        "{He} has been at one address longer than ever before.",
    ),
    1: (
        "Suitable for now. Arrears, if they grew, would put it at risk.",
        "The house is shared. Who moves in is to be known before they do.",
        "It will do until spring. Housing looks for something in {his} own name.",
        "Not near {place}, which is what counted. The damp is a matter for the landlord.",
        "Neighbours are civil. The officer will ask again after the holidays.",
    ),
    2: (
        "There is no suitable address. The meeting spent most of its time on this.",
        "Approved premises would take {him} for twelve weeks. Nothing is agreed for afterwards.",
        "Housing will not offer a family block; probation will not accept a street. One area is left.",
        "A bed tonight, none after the weekend. The duty desk has the number of the officer.",
        "Without an address {he} would be harder to see than at any time since the order began.",
    ),
}
DIVERSITY: Deck = (
    "{He} reads slowly. Letters are short, and are read out on the telephone as well.",
    "Asked, and nothing raised. The case manager will ask again, alone with {him}.",
    "{He} works shifts; appointments were moved so that {he} need not lie about them.",
    "Age and bad knees: visits to the office are hard in winter. One in two is at home.",
    "Faith matters to {him}. The place of worship has a policy, and its safeguarding lead is known to police.",
    "The meeting asked whether anything said today would be said of another man in {his} place.",
    "Hearing in one ear. The group’s room was changed.",
    "No need that the plan does not already meet.",
    "A learning difficulty is suspected. An assessment was asked for, and has not come.",
)
MEDIA: Deck = (
    "No press interest. Any call goes to the police press office, with nothing confirmed.",
    "The local paper printed the sentence at the time, without the street. Nothing since.",
    "A poster went up in the stairwell in summer and was taken down the same day. Patrols were told.",
    "The press officers of police and probation have one agreed line, kept in the file.",
    "Feeling in the street is raised by another case. The beat team will say if it turns on {him}.",
    "Nobody in the road is thought to know. A leak would cost the address.",
    "An anniversary of the trial comes next month. The unit will warn the victim and the press office.",
    "No impact on the community that anybody has seen.",
)
PLAN: Deck = (
    "The risk management plan was gone through line by line. Two actions are added to it today.",
    "The plan stands. Who talks to whom on {day}s is written into it.",
    "Its contingencies were tried on one case: {he} misses an appointment and the telephone is off. It holds.",
    "The plan names four agencies. Each said what it does, and when it last did.",
    "The case manager will put today’s actions into the plan within five working days.",
    "The plan was made before the move and still speaks of the old address. It is to be reviewed.",
    "Controls and help were weighed: the plan had much of the one and little of the other.",
    "One condition has never been used. The meeting kept it, and said why.",
)
NO_PLAN: Deck = (
    "There is no risk management plan on file. It is to be written within five working days.",
    "No plan was brought to the meeting. The actions below stand in for it until it is there.",
    "The plan is a supervision plan alone. At this level of harm that is not enough.",
)
