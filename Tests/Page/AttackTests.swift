import Foundation
import Model
import Review
import Testing

@testable import ReviewPage

/// What attackers of a page on this machine try (each refused, nothing changed).
@Suite(.serialized) struct AttackTests {
    /// For attacks that leave nothing behind.
    private static let shared = Task { try await Site() }

    @Test(arguments: [
        "evil.example", "evil.example:8480", "127.0.0.1", "127.0.0.1:1", "localhost:1", "[::1]:1", "",
        "127.0.0.1.evil.example:8480",
    ])
    func `answers to no name but its own`(host: String) async throws {
        let site = try await Self.shared.value
        for path in ["/login", "/queue", "/static/page.css", "/nothing"] {
            #expect(try await site.get(path, host: host).status == 421, "\(path) of \(host)")
        }
    }

    @Test func `answers to no request without a name`() async throws {
        let site = try await Self.shared.value
        let answer = Answer(try await site.exchange(Array("GET /login HTTP/1.1\r\nConnection: close\r\n\r\n".utf8)))
        #expect([400, 421].contains(answer.status))
    }

    @Test func `answers to its own names`() async throws {
        let site = try await Self.shared.value
        for host in ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"] {
            #expect(try await site.get("/login", host: "\(host):\(site.port)").status == 200, "\(host)")
        }
    }

    @Test(arguments: [
        ["Origin": "http://evil.example"], ["Origin": "null"], ["Origin": "http://127.0.0.1:1"],
        ["Sec-Fetch-Site": "cross-site"], ["Sec-Fetch-Site": "same-site"], ["Origin": "file://"],
    ])
    func `takes no form from another site`(headers: [String: String]) async throws {
        let site = try await Self.shared.value
        let rosa = try await site.signIn("rosa")
        let shown = try #require(try await rosa.get("/exception/1-1-e1").field("shown"))
        let answer = try await rosa.post(
            "/exception/1-1-e1/decide", ["action": "not-ours", "shown": shown], headers: headers)
        #expect(answer.status == 403)
        #expect(try site.exception("1-1-e1").closedAt == nil)
        #expect(
            try await site.post("/login", ["user": "rosa", "password": Site.password], headers: headers).status == 403)
    }

    @Test func `takes no form without its own token`() async throws {
        let site = try await Site()
        let (rosa, omar) = (try await site.signIn("rosa"), try await site.signIn("omar"))
        let others = try #require(try await omar.get("/help").field("form_token"))
        for token in ["", "0", others] {
            let answer = try await rosa.post(
                "/exception/1-1-e1/decide", ["action": "not-ours", "form_token": token.isEmpty ? "x" : token])
            #expect(answer.status == 403, "\(token)")
        }
        #expect(try site.exception("1-1-e1").closedAt == nil)
    }

    @Test func `takes no token of an earlier sign-in`() async throws {
        let site = try await Site()
        let before = try await site.signIn("rosa")
        let token = try #require(try await before.get("/help").field("form_token"))
        #expect(try await before.post("/logout", [:]).status == 303)
        #expect(try await before.get("/queue").status == 303)
        let after = try await site.signIn("rosa")
        #expect(try await after.post("/exception/1-1-e1/claim", ["form_token": token]).status == 403)
        let replayed = try await site.post(
            "/exception/1-1-e1/decide", ["action": "not-ours", "form_token": token],
            headers: ["Cookie": before.cookie])
        #expect(replayed.status == 401)
        #expect(try site.exception("1-1-e1").closedAt == nil)
    }

    @Test func `changes nothing by GET`() async throws {
        let site = try await Site()
        let rosa = try await site.signIn("rosa")
        for path in ["decide?action=not-ours", "claim", "verdict?verdict=approve", "release"] {
            #expect([404, 405].contains(try await rosa.get("/exception/1-1-e1/\(path)").status), "\(path)")
        }
        for path in ["/bulk", "/bulk/apply", "/logout"] {
            #expect([404, 405].contains(try await rosa.get(path).status))
        }
        _ = try await rosa.get("/exception/1-1-e1?action=not-ours&form_token=1")
        let view = try site.exception("1-1-e1")
        #expect(view.closedAt == nil && view.claimedBy == nil)
        #expect(try await rosa.get("/queue").status == 200)
    }

    @Test(arguments: ["PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "PROPFIND"])
    func `knows no other method`(method: String) async throws {
        let site = try await Self.shared.value
        #expect([400, 405, 501].contains(try await site.send(method, "/login", [:], "").status))
    }

    @Test(arguments: [
        "/image/..%2f..%2fconfig%2fsecret.key/1/F", "/image/LB1-x/1/..%2f..%2f..%2fetc%2fpasswd",
        "/image/%00/1/F", "/image/LB1-1-1/1/F%00.png", "/static/../config/secret.key", "/static/..%2fpage.css",
        "/static/%2e%2e/%2e%2e/etc/passwd", "//etc/passwd", "/exception/..%2f..%2fconfig", "/exception/1-1-e1'--",
        "/exception/%00", "/image/LB1-1-1/99999999999999999999/F", "/config/secret.key", "/sluice.sqlite",
    ])
    func `reaches no file by a path`(path: String) async throws {
        let site = try await Self.shared.value
        let rosa = try await site.signIn("rosa")
        let answer = try await rosa.get(path)
        #expect([400, 404].contains(answer.status), "\(path): \(answer.status)")
        #expect(!answer.body.contains("root:"))
    }

    static let script = "<script>alert('x')</script>"
    static let handler = "\"><img src=x onerror=alert(1)> \u{202E}{{form_token}}"

    @Test func `runs no script of a name or a memo`() async throws {
        let site = try await Site(payer: Self.script, memo: Self.handler)
        let rosa = try await site.signIn("rosa")
        try #require(try site.exception("1-1-e1").item?.payer == Self.script)
        let query = encoded("<script>alert('x')</script>")
        for path in [
            "/queue", "/exception/1-1-e1", "/queue?q=\(query)&reason=\(query)&source=\(query)", "/search?q=\(query)",
            "/day?day=\(query)", "/search.json?q=\(query)", "/exception/1-1-e1?reason=\(query)&done=\(query)",
            "/queue?page=\(query)&state=\(query)",
        ] {
            let answer = try await rosa.get(path)
            #expect(answer.status == 200, "\(path)")
            #expect(!answer.body.contains("<script>alert"), "\(path)")
            #expect(!answer.body.contains("<img src=x"), "\(path)")
            #expect(!answer.body.contains("\u{202E}"), "\(path) turns the writing")
        }
        let login = try await site.get("/login?next=\(encoded("\"><script>alert(1)</script>"))")
        #expect(!login.body.contains("<script>alert"))
        #expect(try await rosa.get("/exception/1-1-e1").body.contains("&lt;script&gt;"))
    }

    @Test func `takes no large body`() async throws {
        let site = try await Self.shared.value
        let rosa = try await site.signIn("rosa")
        let large = String(repeating: "a", count: Form.limit + 1)
        #expect(try await rosa.post("/exception/1-1-e1/decide", ["note": large]).status == 413)
        #expect(try await site.post("/login", ["user": large, "password": "x"]).status == 413)
        let told = try await site.send(
            "POST", "/login",
            ["Content-Type": "application/x-www-form-urlencoded", "Content-Length": "10000000000"], "user=x")
        #expect(told.status == 413)
    }

    @Test func `takes no large body in pieces`() async throws {
        let site = try await Self.shared.value
        let piece = "8000\r\n" + String(repeating: "a", count: 0x8000) + "\r\n"
        let body = String(repeating: piece, count: Form.limit / 0x8000 + 2) + "0\r\n\r\n"
        let answer = try await site.send(
            "POST", "/login",
            ["Content-Type": "application/x-www-form-urlencoded", "Transfer-Encoding": "chunked"], body)
        #expect(answer.status == 413)
    }

    @Test func `takes no mountain of headers`() async throws {
        let site = try await Self.shared.value
        let many = Dictionary(uniqueKeysWithValues: (0..<2000).map { ("X-\($0)", "a") })
        #expect([0, 400, 431].contains(try await site.get("/login", headers: many).status))
        #expect(try await site.get("/login").status == 200)
    }

    @Test(arguments: ["/", "/login", "/static/page.js", "/nothing", "/queue", "/image/x/1/F"])
    func `leaves no answer without its headers`(path: String) async throws {
        let site = try await Self.shared.value
        let rosa = try await site.signIn("rosa")
        for answer in [
            try await site.get(path), try await rosa.get(path), try await site.get(path, host: "evil.example"),
            try await site.post(path, [:]),
        ] {
            let policy = try #require(answer.headers["content-security-policy"])
            #expect(policy.hasPrefix("default-src 'none'") && policy.contains("frame-ancestors 'none'"))
            #expect(!policy.contains("unsafe"))
            #expect(answer.headers["x-content-type-options"] == "nosniff")
            #expect(answer.headers["cache-control"] == "no-store")
            #expect(answer.headers["referrer-policy"] != nil)
            #expect(answer.headers["access-control-allow-origin"] == nil)
        }
    }

    @Test(arguments: [
        "//evil.example", "/\\evil.example", "https://evil.example/queue", "/queue\r\nX: y", "javascript:1",
    ])
    func `leads nobody to another site`(next: String) async throws {
        let site = try await Self.shared.value
        let answer = try await site.post("/login", ["user": "rosa", "password": Site.password, "next": next])
        #expect(answer.headers["location"] == "/queue")
    }
}
