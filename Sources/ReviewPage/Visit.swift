internal import Hummingbird
internal import Review

/// One request, and who makes it.
struct Visit: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// Who is signed in; nil on the pages of the sign-in.
    var person: Person?

    init(source: Source) { coreContext = CoreRequestContextStorage(source: source) }

    /// Who is signed in, on a page that asks for it.
    func signedIn() throws -> Person {
        guard let person else { throw HTTPError(.unauthorized) }
        return person
    }

    /// An exception's id in the path: digits, `-` and `e` only, whatever the ledger holds.
    func exceptionID() throws -> String {
        let id = try parameters.require("exception")
        guard isExceptionID(id) else { throw HTTPError(.notFound) }
        return id
    }
}

/// Whether a text may be an exception's id, such as `3-17-e1`.
func isExceptionID(_ text: String) -> Bool {
    (4...48).contains(text.utf8.count) && text.utf8.allSatisfy { $0 &- 48 < 10 || $0 == 45 || $0 == 101 }
}

/// Who is signed in, as the ledger has them at this moment.
struct Person: Sendable {
    let reviewer: Reviewer
    let fullName: String
    /// What every form of theirs must send back.
    let formToken: String
    let session: String

    func has(_ right: Right) -> Bool { reviewer.rights.contains(right) }
}
