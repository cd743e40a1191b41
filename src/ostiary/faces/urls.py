"""Addresses of the pages. Numbers of this office stand in them, and nothing of a person.

A request's own id is the agency's and may hold anything, so it never stands in an address.
"""

from django.urls import URLPattern, URLResolver, include, path

from ostiary.faces.web.views import (
    audit,
    casework,
    counsel,
    explaining,
    head,
    health,
    keys,
    lawbook,
    one_case,
    people,
    proving,
    requests,
    sign_in,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", sign_in.home, name="home"),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready_to_answer, name="readyz"),
    path("sign-in/", sign_in.signing_in, name="sign-in"),
    path("sign-in/provider/", sign_in.asking_the_provider, name="sign-in-provider"),
    path("sign-in/provider/back/", sign_in.back_from_the_provider, name="sign-in-back"),
    path("sign-out/provider/", sign_in.signing_out_there, name="sign-out-provider"),
    path("sign-out/", sign_in.signing_out, name="sign-out"),
    path("enrol/<str:token>/", sign_in.enrolling, name="enrol"),
    path("cases/", casework.worklist, name="worklist"),
    path("cases/counsel/", casework.to_counsel, name="to-counsel"),
    path("cases/assign/", casework.assign, name="assign"),
    path("cases/export/", casework.export, name="export"),
    path("cases/<int:number>/", one_case.case, name="case"),
    path("cases/<int:number>/decide/", one_case.decide, name="decide"),
    path("cases/<int:number>/return/", one_case.returning, name="returning"),
    path("cases/<int:number>/note/", one_case.note, name="note"),
    path("cases/<int:number>/hand-over/", one_case.hand_over, name="hand-over"),
    path("keys/", keys.waiting_keys, name="keys"),
    path("keys/accept/", keys.accept, name="accept-key"),
    path("requests/", requests.requests, name="requests"),
    path("requests/new/", requests.new_request, name="new-request"),
    path("requests/new/explained/", explaining.explained, name="explained"),
    path("requests/file/", requests.upload, name="upload"),
    path("requests/file/template/", requests.template, name="template"),
    path("requests/<int:number>/", requests.one_request, name="request"),
    path("requests/<int:number>/answer/", requests.answer, name="answer"),
    path("requests/<int:number>/letter/", requests.letter, name="letter"),
    path("requests/<int:number>/receipts/", requests.receipts, name="receipts"),
    path("files/<str:batch>/", requests.batch, name="batch"),
    path("files/<str:batch>/<str:name>/", requests.batch_file, name="batch-file"),
    path("audit/", audit.overview, name="audit"),
    path("audit/cases/", audit.cases, name="audit-cases"),
    path("audit/cases/<int:number>/", audit.case, name="audit-case"),
    path("audit/accesses/", audit.accesses, name="accesses"),
    path("audit/entries/", proving.entries, name="audit-entries"),
    path("audit/entries/<int:number>/", proving.entry, name="audit-entry"),
    path("audit/entries/<int:number>/<str:name>/", proving.entry_file, name="audit-entry-file"),
    path("audit/export/<str:name>/", proving.export, name="audit-export"),
    path("people/", people.people, name="people"),
    path("people/add/", people.add, name="add-person"),
    path("people/confirm/", people.let_in, name="confirm-person"),
    path("people/end/", people.shut_out, name="end-person"),
    path("office/", head.office, name="office"),
    path("office/safeguards.ics", head.safeguards, name="safeguards"),
    path("book/", lawbook.book, name="book"),
    path("book/orders/", lawbook.orders, name="orders"),
    path("book/register/", lawbook.register, name="register"),
    path("book/effect/", lawbook.effect, name="effect"),
    path("book/proofs/", counsel.proofs, name="proofs"),
    path("book/compare/", counsel.compare, name="compare"),
    path("book/<str:name>/", lawbook.instrument, name="instrument"),
    path("api/", include("ostiary.faces.api.urls")),
    path(".well-known/", include("ostiary.faces.api.well_known")),
]

handler400 = "ostiary.faces.server.errors.bad_request"
handler403 = "ostiary.faces.server.errors.forbidden"
handler404 = "ostiary.faces.server.errors.not_found"
handler500 = "ostiary.faces.server.errors.broken"
