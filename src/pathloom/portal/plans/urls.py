"""Addresses of plans."""

from django.urls import path

from pathloom.portal.plans.views import (
    alternatives,
    audit,
    builder,
    change,
    jobs,
    people,
    repair,
    search,
    signing,
    versions,
    worked_out,
)

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
    path("plan/alternatives/", worked_out.own, {"kind": "alternatives"}, name="alternatives"),
    path("plan/repair/", worked_out.own, {"kind": "repair"}, name="repair"),
    path("plan/change/", worked_out.own, {"kind": "switch"}, name="change"),
    path(
        "students/<int:student>/plan/alternatives/",
        alternatives.alternatives,
        name="student_alternatives",
    ),
    path(
        "students/<int:student>/plan/alternatives/start/",
        worked_out.start,
        {"kind": "alternatives"},
        name="student_alternatives_start",
    ),
    path(
        "students/<int:student>/plan/alternatives/use/",
        alternatives.use,
        name="student_alternatives_use",
    ),
    path(
        "students/<int:student>/plan/alternatives.csv",
        alternatives.alternatives_csv,
        name="student_alternatives_csv",
    ),
    path("students/<int:student>/plan/repair/", repair.repair, name="student_repair"),
    path(
        "students/<int:student>/plan/repair/start/",
        worked_out.start,
        {"kind": "repair"},
        name="student_repair_start",
    ),
    path(
        "students/<int:student>/plan/repair/take/", repair.take_repair, name="student_repair_take"
    ),
    path("students/<int:student>/plan/change/", change.change, name="student_change"),
    path(
        "students/<int:student>/plan/change/start/",
        worked_out.start,
        {"kind": "switch"},
        name="student_change_start",
    ),
    path("students/<int:student>/plan/change.csv", change.change_csv, name="student_change_csv"),
    path(
        "students/<int:student>/plan/change/<slug:program>/",
        change.change_program,
        name="student_change_program",
    ),
]
