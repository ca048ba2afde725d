internal import HTTPTypes
internal import Hummingbird

/// Refuses what another site's page sends. A browser names the site that a form stands on (`Origin`, `Sec-Fetch-Site`).
struct OriginGuard: RouterMiddleware {
    typealias Context = Visit
    let hosts: Hosts

    func handle(_ request: Request, context: Visit, next: (Request, Visit) async throws -> Response) async throws
        -> Response
    {
        switch request.method {
        case .get, .head: break
        case .post: guard isOwn(request) else { throw HTTPError(.forbidden) }
        default: throw HTTPError(.methodNotAllowed)
        }
        return try await next(request, context)
    }

    private func isOwn(_ request: Request) -> Bool {
        if let origin = request.headers[.origin], !hosts.isOwn(origin) { return false }
        if let site = request.headers[.fetchSite], site != "same-origin" { return false }
        return true
    }
}

extension HTTPField.Name {
    /// Fetch Metadata Request Headers, W3C.
    fileprivate static let fetchSite = HTTPField.Name("Sec-Fetch-Site")!
}
