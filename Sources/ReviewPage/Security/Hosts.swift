internal import Synchronization

/// The names by which a browser may ask for the page. A name that somebody else's server resolves to this machine (DNS
/// rebinding) is none of them.
final class Hosts: Sendable {
    private let names: [String]
    private let allowed = Mutex<Set<String>>([])

    /// - Parameter names: Beside those of the machine itself.
    init(names: [String]) { self.names = names.map { $0.lowercased() } }

    /// The page listens on a port.
    func listen(on port: Int) {
        var authorities = Set(["127.0.0.1", "localhost", "[::1]"].map { "\($0):\(port)" })
        for name in names { authorities.formUnion([name, "\(name):\(port)"]) }
        allowed.withLock { $0 = authorities }
    }

    /// Whether a `Host` names this page. RFC 9110, 7.2
    func contains(_ authority: String?) -> Bool {
        guard let authority else { return false }
        return allowed.withLock { $0.contains(authority.lowercased()) }
    }

    /// Whether an `Origin` is one of the page's own. RFC 6454
    func isOwn(_ origin: String) -> Bool {
        for scheme in ["http://", "https://"] where origin.hasPrefix(scheme) {
            return contains(String(origin.dropFirst(scheme.count)))
        }
        return false
    }
}
