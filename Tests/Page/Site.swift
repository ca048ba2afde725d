import Files
import Foundation
import Ledger
import Model
import Pipeline
import Review
import Synchronization
import Testing

@testable import ReviewPage

/// A home with a few exceptions and people, and its page on a port of its own; gone when the test is.
final class Site: Sendable {
    static let password = "a quiet river at noon"
    let path: String
    let port: Int
    private let now: Clock
    /// A clock that a test moves.
    final class Clock: Sendable {
        private let moment = Mutex(Moment(iso: "2026-03-02T20:00:00Z")!)
        var now: Moment { moment.withLock { $0 } }
        func move(minutes: Int64) { moment.withLock { $0 = Moment(seconds: $0.seconds + minutes * 60) } }
    }

    /// Four checks wait: `1-1-e1` of 60.00 from `payer`, with a memo, `1-2-e1` over the limit of two persons, `1-3-e1`,
    /// and `1-4-e1` of 5,000.00 for an account that owes 52.74.
    init(payer: String = "Pat Payer", memo: String = "water") async throws {
        path = NSTemporaryDirectory() + "sluice-page-\(UUID().uuidString)"
        try Home.make(path)
        try Self.fill(path, payer: payer, memo: memo)
        let clock = Clock()
        now = clock
        var options = ReviewPage.Options(home: path, program: "/bin/false", clock: { clock.now })
        options.port = 0
        let page = try await ReviewPage(options)
        let (ports, told) = AsyncStream.makeStream(of: Int.self)
        // It serves until the tests end: cutting a server off in the middle is no part of what is tested.
        Task { try await page.serve { told.yield($0) } }
        var first: Int?
        for await port in ports {
            first = port
            break
        }
        port = try #require(first)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    private static func fill(_ path: String, payer: String, memo: String) throws {
        let now = Moment(iso: "2026-03-02T18:00:00Z")!
        let home = try Home(opening: path)
        func write(_ name: String, _ text: String) throws {
            try Data(text.utf8).write(to: URL(filePath: "\(path)/\(name)"))
        }
        try write(
            "accounts.csv",
            """
            account,customer,name,service_address,city,zip,status,opened_on,closed_on,cash_only
            4012345775,C1,Pat Brandt,101 Main Street,Millrace,97998,active,2020-01-01,,no
            4024691547,C2,Pat Corliss,102 Main Street,Millrace,97998,active,2020-01-01,,no

            """)
        try write(
            "bills.csv",
            """
            bill,account,issued_on,due_on,amount,balance,kind
            W1,4012345775,2026-02-10,2026-03-10,51.37,51.37,water
            W2,4024691547,2026-02-10,2026-03-10,52.74,52.74,water

            """)
        _ = try AccountsImport(home: home, now: now, user: "tester")
            .load(["\(path)/accounts.csv", "\(path)/bills.csv"], full: false, confirm: false)
        try write("inbox/a.csv", lockbox(payer: payer, memo: memo))
        _ = try Run(home: home, now: now, user: "tester")(settled: true)
        let administering = Administering(home: home, now: now, by: Reviewer(unrestricted: "tester"))
        for (name, rights) in [
            ("boss", [Right.administer]), ("rosa", [.decide]), ("omar", [.decide, .approve]), ("iris", [.readOnly]),
        ] {
            var user = User(name: name)
            user.rights = Set(rights)
            try administering.add(user)
            try home.ledger.write { try $0.setPassword(kept, of: name) }
        }
    }

    /// The password as it is kept, derived once.
    private static let kept = Password.kept(password)

    private static func lockbox(payer: String, memo: String) -> String {
        func quoted(_ text: String) -> String { "\"\(text.replacing("\"", with: "\"\""))\"" }
        let rows = [
            ("60.00", payer, "", memo), ("12000.00", "Lee Large", "", ""), ("70.00", "Kim Three", "", ""),
            ("5000.00", "Pat Corliss", "4024691547", ""),
        ]
        let lines = rows.enumerated().map { place, row in
            "P,7001,2026-03-02,1,\(place + 1),\(row.0),\(3001 + place),121042882,799\(place)3311,\(quoted(row.1)),"
                + "\(row.2),,,,\(quoted(row.3))"
        }
        return """
            record,lockbox,deposit_date,batch,item,amount,check_number,routing,bank_account,\
            remitter,account,bill,line_amount,scanline,memo
            \(lines.joined(separator: "\n"))
            B,7001,2026-03-02,1,4,17130.00,,,,,,,,,
            T,,,1,4,17130.00,,,,,,,,,

            """
    }

    func move(minutes: Int64) { now.move(minutes: minutes) }

    /// What the ledger says now.
    func read<Result>(_ body: (Transaction) throws -> Result) throws -> Result {
        try Home(opening: path).ledger.read(body)
    }

    /// A batch that declares 79.00 and tells 60.00 and 10.00: it is held as `2-e1`.
    func takeBatchThatDiffers() throws {
        let text = """
            record,lockbox,deposit_date,batch,item,amount,check_number,routing,bank_account,\
            remitter,account,bill,line_amount,scanline,memo
            P,7001,2026-03-02,7,1,60.00,4001,121042882,55503311,Ann Nine,,,,,
            P,7001,2026-03-02,7,2,10.00,4002,121042882,55503312,Ben Ten,,,,,
            B,7001,2026-03-02,7,2,79.00,,,,,,,,,
            T,,,1,2,79.00,,,,,,,,,

            """
        try Data(text.utf8).write(to: URL(filePath: "\(path)/inbox/b.csv"))
        try run()
    }

    /// As the next `sluice run`: what was decided leaves for the billing system.
    func run() throws { _ = try Run(home: Home(opening: path), now: now.now, user: "tester")(settled: true) }

    /// As the administrator would.
    func administer(_ body: (Administering) throws -> Void) throws {
        try body(Administering(home: Home(opening: path), now: now.now, by: Reviewer(unrestricted: "tester")))
    }

    func exception(_ id: String) throws -> ExceptionView { try #require(try read { try $0.exception(id) }) }

    /// Signs somebody in; their browser.
    func signIn(_ name: String) async throws -> Browser {
        let answer = try await post("/login", ["user": name, "password": Self.password])
        try #require(answer.status == 303, "\(name) was not let in: \(answer.status)")
        return Browser(site: self, cookie: try #require(answer.cookie))
    }
}

/// One answer of the page.
struct Answer {
    let status: Int
    let headers: [String: String]
    let body: String

    /// The cookie it sets, as it is sent back.
    var cookie: String? { headers["set-cookie"].map { String($0.prefix { $0 != ";" }) } }

    init(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "\n")
        let parts = text.split(separator: "\n\n", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let lines = parts[0].split(separator: "\n")
        status = lines.first.flatMap { Int($0.split(separator: " ").dropFirst().first ?? "") } ?? 0
        headers = Dictionary(
            lines.dropFirst().map { line in
                let pair = line.split(separator: ":", maxSplits: 1)
                return (pair[0].lowercased(), pair.count > 1 ? String(pair[1].dropFirst()) : "")
            }, uniquingKeysWith: { $1 })
        body = parts.count > 1 ? parts[1] : ""
    }

    /// The value of a hidden field of its first form that has one.
    func field(_ name: String) -> String? {
        guard let start = body.range(of: "name=\"\(name)\" value=\"") else { return nil }
        return String(body[start.upperBound...].prefix { $0 != "\"" })
    }
}

extension Site {
    func get(_ path: String, headers: [String: String] = [:], host: String? = nil) async throws -> Answer {
        try await send("GET", path, headers, "", host: host)
    }

    func post(
        _ path: String, _ fields: [String: String], headers: [String: String] = [:], host: String? = nil
    ) async throws -> Answer {
        let body = fields.map { "\(encoded($0))=\(encoded($1))" }.joined(separator: "&")
        let type = ["Content-Type": "application/x-www-form-urlencoded"].merging(headers) { $1 }
        return try await send("POST", path, type, body, host: host)
    }

    /// One request as bytes, so that a test can say what no browser says.
    func send(_ method: String, _ path: String, _ headers: [String: String], _ body: String, host: String? = nil)
        async throws -> Answer
    {
        var head = "\(method) \(path) HTTP/1.1\r\nConnection: close\r\nHost: \(host ?? "127.0.0.1:\(port)")\r\n"
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        if method == "POST", headers["Content-Length"] == nil, headers["Transfer-Encoding"] == nil {
            head += "Content-Length: \(body.utf8.count)\r\n"
        }
        return Answer(try await exchange(Array((head + "\r\n" + body).utf8)))
    }

    /// Sends bytes and reads to the end, on a thread of its own: the server needs those of the tests.
    func exchange(_ bytes: [UInt8]) async throws -> [UInt8] {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(with: Result { try self.exchangeWaiting(bytes) }) }
        }
    }

    /// socket(2)
    private func exchangeWaiting(_ bytes: [UInt8]) throws -> [UInt8] {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var limit = timeval(tv_sec: 300, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let connected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        try #require(connected == 0, "the page does not listen")
        var sent = 0
        while sent < bytes.count {
            let count = Glibc.send(socket, Array(bytes[sent...]), bytes.count - sent, Int32(MSG_NOSIGNAL))
            // The page may end the connection before it has read what it refuses.
            if count <= 0 { break }
            sent += count
        }
        var (answer, buffer) = ([UInt8](), [UInt8](repeating: 0, count: 65_536))
        while true {
            let count = recv(socket, &buffer, buffer.count, 0)
            if count <= 0 { return answer }
            answer += buffer[..<count]
        }
    }
}

/// Somebody's browser: it sends the cookie, and its own address as the origin.
struct Browser {
    let site: Site
    let cookie: String

    private var origin: [String: String] {
        ["Cookie": cookie, "Origin": "http://127.0.0.1:\(site.port)", "Sec-Fetch-Site": "same-origin"]
    }

    func get(_ path: String) async throws -> Answer {
        try await site.get(path, headers: ["Cookie": cookie, "Accept": "text/html"])
    }

    /// Sends a form of the page, with the token that stands on it.
    func post(_ path: String, _ fields: [String: String], headers: [String: String] = [:]) async throws -> Answer {
        var fields = fields
        if fields["form_token"] == nil { fields["form_token"] = try await get("/help").field("form_token") }
        return try await site.post(path, fields, headers: origin.merging(headers) { $1 })
    }

    /// Decides as the form on the exception's page would.
    func decide(_ id: String, _ fields: [String: String]) async throws -> Answer {
        let page = try await get("/exception/\(id)")
        let shown = try #require(page.field("shown"), "the page has no form: \(page.status)")
        return try await post("/exception/\(id)/decide", ["shown": shown].merging(fields) { $1 })
    }
}
