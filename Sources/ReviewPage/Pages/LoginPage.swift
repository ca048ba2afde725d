internal import HTTPTypes
internal import Hummingbird

/// The sign-in.
struct LoginPage: Sendable {
    let office: Office
    let pages: Pages
    let sessions: Sessions

    func show(next: String?, failed: Bool = false) -> Response {
        pages.page(
            "login", ["next": Self.local(next), "failed": failed], for: nil, status: failed ? .unauthorized : .ok)
    }

    /// `user` and `password`, and where to go then.
    func signIn(_ form: Form) async throws -> Response {
        let next = form["next"]
        guard let name = form["user"], let password = form.all("password").first, password.utf8.count <= 1024,
            name.utf8.count <= 128, let token = try await sessions.signIn(name, password)
        else { return show(next: next, failed: true) }
        var response = Response.redirect(Self.local(next))
        response.headers[.setCookie] = sessions.cookie(token)
        return response
    }

    /// A path of this page; whatever else was asked for, the queue.
    private static func local(_ next: String?) -> String {
        let known = ["/queue", "/exception/", "/approvals", "/day", "/help", "/search"]
        guard let next, known.contains(where: next.hasPrefix), next.utf8.allSatisfy({ $0 > 32 && $0 < 127 && $0 != 92 })
        else { return "/queue" }
        return next
    }
}
