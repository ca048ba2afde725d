internal import HTTPTypes
internal import Hummingbird

/// Every path there is. GET changes nothing; whatever changes something is a POST whose form carries the token of the
/// person's session.
func site(of office: Office) -> Router<Visit> {
    let pages = Pages(office)
    let sessions = Sessions(office: office)
    let router = Router(context: Visit.self)
    router.add(middleware: SecurityHeaders(pages: pages, isSecure: office.isSecure))
    router.add(middleware: HostGuard(hosts: office.hosts))
    router.add(middleware: OriginGuard(hosts: office.hosts))

    for file in StaticFile.all { router.get(RouterPath(file.path)) { _, _ in file.response } }
    let login = LoginPage(office: office, pages: pages, sessions: sessions)
    router.get("/login") { request, _ in login.show(next: Query(request.uri.query)["next"]) }
    router.post("/login") { request, _ in try await login.signIn(try await request.form(token: nil)) }

    let inside = router.group().add(middleware: SignedInOnly(sessions: sessions))
    /// A form that changes something, its token checked.
    func post(_ path: String, _ answer: @escaping @Sendable (Form, Visit, Person) async throws -> Response) {
        inside.post(RouterPath(path)) { request, visit in
            let person = try visit.signedIn()
            return try await answer(try await request.form(token: person.formToken), visit, person)
        }
    }
    func get(_ path: String, _ answer: @escaping @Sendable (Query, Visit, Person) async throws -> Response) {
        inside.get(RouterPath(path)) { request, visit in
            try await answer(Query(request.uri.query), visit, try visit.signedIn())
        }
    }

    post("/logout") { _, _, person in
        try await sessions.signOut(person)
        var response = Response.redirect("/login")
        response.headers[.setCookie] = sessions.cookie(nil)
        return response
    }
    get("/") { _, _, _ in .redirect("/queue") }
    get("/help") { _, _, person in pages.page("help", [:], for: person) }

    let queue = QueuePage(office: office, pages: pages)
    get("/queue") { query, _, person in try await queue.show(ListChoice(query), query, person) }

    let item = ItemPage(office: office, pages: pages)
    get("/exception/:exception") { query, visit, person in
        try await item.show(try visit.exceptionID(), query, person)
    }
    get("/exception/:exception/state") { _, visit, person in try await item.state(try visit.exceptionID(), person) }
    post("/exception/:exception/claim") { form, visit, person in
        try await item.claim(try visit.exceptionID(), form, person)
    }
    post("/exception/:exception/release") { _, visit, person in
        try await item.release(try visit.exceptionID(), person)
    }

    let decide = DecidePage(office: office, pages: pages, item: item)
    post("/exception/:exception/decide") { form, visit, person in
        try await decide.decide(try visit.exceptionID(), form, person)
    }
    post("/exception/:exception/verdict") { form, visit, person in
        try await decide.say(try visit.exceptionID(), form, person)
    }

    let approvals = ApprovalsPage(office: office, pages: pages)
    get("/approvals") { query, _, person in
        try await approvals.show(person, done: query["done"].flatMap { isExceptionID($0) ? $0 : nil })
    }

    let bulk = BulkPage(office: office, pages: pages)
    post("/bulk") { form, _, person in try await bulk.preview(form, person) }
    post("/bulk/apply") { form, _, person in try await bulk.apply(form, person) }

    let search = SearchPage(office: office, pages: pages)
    get("/search") { query, _, person in try await search.show(query, person) }
    get("/search.json") { query, _, person in try await search.json(query, person) }

    let day = DayPage(office: office, pages: pages)
    get("/day") { query, _, person in try await day.show(query, person) }

    let image = ImagePage(office: office)
    get("/image/:document/:page/:side") { _, visit, person in try await image.show(visit, person) }
    return router
}

/// What stands behind the `?` of an address.
struct Query: Sendable {
    private let fields: Form?

    /// From the address, or a query that a form carries along; one that is broken says nothing.
    init(_ text: String?) { fields = Form((text ?? "").utf8) }

    /// The first value of a name; nil where it is not there, or empty.
    subscript(_ name: String) -> String? { fields?[name] }
}
