"""Addresses of what stands around an OASys, below ``cases/<uuid:key>/``; part of the names of ``oasys``."""

from django.urls import path

from openmappa.oasys.views import asking, comparing, confidential, printing, self_assessment

AROUND = [
    path("oasys/<uuid:oasys>/self-assessment/", self_assessment.show, name="self_assessment"),
    path("oasys/<uuid:oasys>/self-assessment/hand-over/", self_assessment.hand_over, name="hand_over"),
    path("oasys/<uuid:oasys>/self-assessment/paper/", self_assessment.paper, name="self_assessment_paper"),
    path("oasys/<uuid:oasys>/self-assessment/type-in/", self_assessment.type_in, name="type_in"),
    path("oasys/<uuid:oasys>/confidential/", confidential.confidential, name="confidential"),
    path("oasys/<uuid:oasys>/compare/", comparing.compare, name="compare"),
    path("oasys/<uuid:oasys>/print/", printing.print_oasys, name="print"),
    path("information/", asking.requests, name="requests"),
    path("information/ask/", asking.ask, name="ask"),
    path("information/<uuid:asked>/letter/", asking.letter, name="letter"),
    path("information/<uuid:asked>/answer/", asking.answer, name="answer"),
    path("information/<uuid:asked>/chase/", asking.chase, name="chase"),
]
