internal import Files
internal import HTTPTypes
internal import Hummingbird
internal import Ledger
internal import Model
internal import Review

/// Signing in and out, and who a cookie says is there.
struct Sessions: Sendable {
    let office: Office
    private let trial = PasswordTrial()

    init(office: Office) { self.office = office }

    /// Unused for so long, a session has ended; so it has after a working day, used or not.
    private static let idle: Int64 = 15 * 60
    private static let longest: Int64 = 8 * 60 * 60
    /// So many wrong passwords are a slip of the hand; then each one makes the next wait twice as long.
    private static let slips: Int64 = 4
    private static let longestLock: Int64 = 60 * 60
    /// How far behind the ledger's note of the last use may be: not every look at a page is a write.
    private static let noteEvery: Int64 = 60
    static let cookie = "sluice_session"

    /// Signs somebody in; nil where name or password is wrong, or the user is disabled or locked. It never tells which,
    /// and takes as long.
    ///
    /// A password is tried against a lock too: the lock counts, and the answer comes as late.
    func signIn(_ name: String, _ password: String) async throws -> String? {
        let now = office.clock()
        let kept = try await office.reading.read { try $0.user(name)?.password }
        let isRight = await trial.isRight(password, kept)
        let token = hexadecimal(randomBytes(32))
        let formToken = hexadecimal(randomBytes(32))
        return try await office.writing.write { transaction in
            guard let user = try transaction.user(name), !user.isDisabled, user.password == kept, kept != nil else {
                return nil
            }
            if let until = user.lockedUntil.flatMap({ Moment(iso: $0) }), until > now { return nil }
            guard isRight else {
                try Self.countFailure(of: user, now, transaction)
                return nil
            }
            try transaction.setFailures(0, lockedUntil: nil, of: name)
            try transaction.endSessions(
                seenBefore: (now - Self.idle).description, begunBefore: (now - Self.longest).description)
            try transaction.addSession(Self.hash(token), user: name, formToken: formToken, at: now.description)
            try transaction.audit(at: now.description, who: name, event: "signed-in", subject: name)
            return token
        }
    }

    private static func countFailure(of user: User, _ now: Moment, _ transaction: Transaction) throws {
        let failures = user.failures + 1
        let over = failures - slips
        let lock = over <= 0 ? 0 : min(longestLock, 30 << min(over - 1, 10))
        try transaction.setFailures(
            failures, lockedUntil: lock == 0 ? nil : (now + lock).description, of: user.name)
        try transaction.audit(
            at: now.description, who: user.name, event: "sign-in-failed", subject: user.name,
            detail: lock == 0 ? "" : "locked for \(lock) seconds")
    }

    /// Who a request's cookie says it is; nil where nobody is signed in by it any more.
    func person(of request: Request) async throws -> Person? {
        guard let token = request.cookies[Self.cookie]?.value, token.utf8.count == 64 else { return nil }
        let (hash, now) = (Self.hash(token), office.clock())
        let found = try await office.reading.read { transaction -> (person: Person, seenAt: Moment)? in
            guard let session = try transaction.session(hash), let seen = Moment(iso: session.seenAt),
                let begun = Moment(iso: session.signedInAt), now.seconds - seen.seconds <= Self.idle,
                now.seconds - begun.seconds <= Self.longest, let user = try transaction.user(session.user),
                !user.isDisabled
            else { return nil }
            let person = Person(
                reviewer: user.reviewer, fullName: user.fullName.isEmpty ? user.name : user.fullName,
                formToken: session.formToken, session: hash)
            return (person, seen)
        }
        guard let found else { return nil }
        if now.seconds - found.seenAt.seconds >= Self.noteEvery {
            try await office.writing.write { try $0.touchSession(hash, at: now.description) }
        }
        return found.person
    }

    /// Signs out.
    func signOut(_ person: Person) async throws {
        let now = office.clock().description
        try await office.writing.write { transaction in
            try transaction.endSession(person.session)
            try transaction.audit(
                at: now, who: person.reviewer.name, event: "signed-out", subject: person.reviewer.name)
        }
    }

    /// The cookie of a session; of none, it takes the old one away.
    func cookie(_ token: String?) -> String {
        let age = token == nil ? "; Max-Age=0" : ""
        return
            "\(Self.cookie)=\(token ?? "")\(age); Path=/; HttpOnly; SameSite=Strict\(office.isSecure ? "; Secure" : "")"
    }

    private static func hash(_ token: String) -> String { SHA256Digest.of(Array(token.utf8)) }
}

/// Tries passwords one after another: each takes 32 MB and a core, and anybody may send them.
private actor PasswordTrial {
    func isRight(_ password: String, _ kept: String?) -> Bool { Password.isRight(password, kept) }
}

extension Moment {
    fileprivate static func + (moment: Moment, seconds: Int64) -> Moment { Moment(seconds: moment.seconds + seconds) }
    fileprivate static func - (moment: Moment, seconds: Int64) -> Moment { Moment(seconds: moment.seconds - seconds) }
}

/// Lets in who is signed in; everybody else is shown the sign-in.
struct SignedInOnly: RouterMiddleware {
    typealias Context = Visit
    let sessions: Sessions

    func handle(_ request: Request, context: Visit, next: (Request, Visit) async throws -> Response) async throws
        -> Response
    {
        guard let person = try await sessions.person(of: request) else {
            guard request.method == .get, request.headers[.accept]?.contains("text/html") ?? false else {
                throw HTTPError(.unauthorized)
            }
            return .redirect("/login?next=\(encoded(request.uri.string))")
        }
        var context = context
        context.person = person
        return try await next(request, context)
    }
}

/// A text as it may stand in a query (RFC 3986, 2.3).
func encoded(_ text: String) -> String {
    var out = ""
    for byte in text.utf8 {
        let isPlain = (byte | 32) &- 97 < 26 || byte &- 48 < 10 || "-._~".utf8.contains(byte)
        out += isPlain ? String(UnicodeScalar(byte)) : "%" + hexadecimal([byte]).uppercased()
    }
    return out
}
