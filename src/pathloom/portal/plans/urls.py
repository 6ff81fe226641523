"""Addresses of plans."""

from django.urls import path

from pathloom.portal.plans.views import audit, builder, jobs, people, search, signing, versions

app_name = "plans"
urlpatterns = [
    path("home/", people.home, name="home"),
    path("children/", people.children, name="children"),
    path("caseload/", people.caseload, name="caseload"),
    path("caseload.csv", people.caseload_csv, name="caseload_csv"),
    path("students/<int:student>/", people.student, name="student"),
    path("students/<int:student>/audit/", audit.audit, name="audit"),
    path("students/<int:student>/audit.csv", audit.audit_csv, name="audit_csv"),
    path("students/<int:student>/courses.csv", audit.courses_csv, name="courses_csv"),
    path("students/<int:student>/exceptions/", audit.decide, name="exceptions"),
    path(
        "students/<int:student>/exceptions/<int:exception>/grant/",
        audit.grant,
        name="grant_exception",
    ),
    path(
        "students/<int:student>/exceptions/<int:exception>/end/",
        audit.end,
        name="end_exception",
    ),
    path("plan/start/", builder.start, name="start"),
    path("plan/generate/", builder.generate, name="generate"),
    path("plan/", builder.builder, name="builder"),
    path("plan/move/", builder.move, name="move"),
    path("plan/add/", builder.add, name="add"),
    path("plan/remove/", builder.remove, name="remove"),
    path("plan/swap/", builder.swap, name="swap"),
    path("plan/undo/", builder.undo, name="undo"),
    path("plan/search/", search.search, name="search"),
    path("plan/jobs/<int:job>/", jobs.job, name="job"),
    path("plan/jobs/<int:job>/cancel/", jobs.cancel, name="cancel_job"),
    path("plan/versions/", versions.own_versions, name="versions"),
    path("plan/versions/<int:number>/", versions.own_version, name="own_version"),
    path("plan/compare/", versions.compared, name="compare"),
    path("plan/submit/", signing.submit, name="submit"),
    path("students/<int:student>/plan/versions/<int:number>/", versions.version, name="version"),
    path("students/<int:student>/plan/versions/<int:number>/sign/", signing.sign, name="sign"),
    path(
        "students/<int:student>/plan/versions/<int:number>/return/",
        signing.send_back,
        name="return",
    ),
    path(
        "students/<int:student>/plan/versions/<int:number>/comment/",
        signing.comment,
        name="comment",
    ),
    path("plan/comments/<int:comment>/withdraw/", signing.withdraw, name="withdraw"),
    path("students/<int:student>/plan/versions/<int:number>/plan.pdf", versions.pdf, name="pdf"),
]
