internal import Hummingbird

/// Refuses what asks for another host, before anything is routed (421, RFC 9110, 15.5.20).
struct HostGuard: RouterMiddleware {
    typealias Context = Visit
    let hosts: Hosts

    func handle(_ request: Request, context: Visit, next: (Request, Visit) async throws -> Response) async throws
        -> Response
    {
        guard hosts.contains(request.head.authority) else { throw HTTPError(.misdirectedRequest) }
        return try await next(request, context)
    }
}
