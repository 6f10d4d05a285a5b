"""Addresses of assessing the cases of an inspection."""

from django.urls import path

from openmappa.assessing.views import answering, overview, settling

app_name = "assessing"
ALL = "inspections/<uuid:inspection>/assessing/"
ONE = f"{ALL}<uuid:assessment>/"
CASE = f"{ALL}cases/<slug:case>/"
urlpatterns = [
    path(ALL, overview.progress, name="progress"),
    path(f"{ALL}deal/", overview.deal, name="deal"),
    path(f"{ALL}agreement/", settling.agreement, name="agreement"),
    path(f"{CASE}give/<int:place>/", overview.give, name="give"),
    path(f"{CASE}differences/", settling.case_differences, name="differences"),
    path(f"{CASE}differences/<slug:question>/agree/", settling.agree, name="agree"),
    path(ONE, answering.show, name="show"),
    path(f"{ONE}remark/", answering.remark, name="remark"),
    path(f"{ONE}sign/", answering.sign, name="sign"),
    path(f"{ONE}criteria/<slug:criterion>/", answering.criterion, name="criterion"),
    path(f"{ONE}questions/<slug:question>/", answering.question, name="question"),
]
