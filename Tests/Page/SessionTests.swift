import Model
import Pipeline
import Review
import Testing

@testable import ReviewPage

/// Who is let in, for how long.
@Suite(.serialized) struct SessionTests {
    static let inside = ["/queue", "/exception/1-1-e1", "/approvals", "/day", "/search", "/help", "/"]

    @Test func `shows nothing to who is not signed in`() async throws {
        let site = try await Site()
        for path in Self.inside {
            let answer = try await site.get(path, headers: ["Accept": "text/html"])
            #expect(answer.status == 303 && answer.headers["location"]?.hasPrefix("/login") ?? false, "\(path)")
            #expect(answer.body.isEmpty)
        }
        for path in ["/search.json?q=a", "/exception/1-1-e1/state", "/image/x/1/F"] {
            #expect(try await site.get(path).status == 401, "\(path)")
        }
        #expect(try await site.post("/exception/1-1-e1/decide", ["action": "not-ours"]).status == 401)
    }

    @Test func `keeps no session that is not used`() async throws {
        let site = try await Site()
        let rosa = try await site.signIn("rosa")
        site.move(minutes: 14)
        #expect(try await rosa.get("/queue").status == 200)
        site.move(minutes: 14)
        #expect(try await rosa.get("/queue").status == 200)
        site.move(minutes: 16)
        #expect(try await rosa.get("/queue").status == 303)
    }

    @Test func `keeps no session beyond a working day`() async throws {
        let site = try await Site()
        let rosa = try await site.signIn("rosa")
        for _ in 0..<48 {
            #expect(try await rosa.get("/queue").status == 200)
            site.move(minutes: 10)
        }
        site.move(minutes: 1)
        #expect(try await rosa.get("/queue").status == 303)
    }

    @Test func `keeps no session of who was disabled or has another password`() async throws {
        let site = try await Site()
        let (rosa, omar) = (try await site.signIn("rosa"), try await site.signIn("omar"))
        try site.administer { try $0.change("rosa") { $0.isDisabled = true } }
        try site.administer { try $0.setPassword("another river at night", of: "omar") }
        #expect(try await rosa.get("/queue").status == 303)
        #expect(try await omar.get("/queue").status == 303)
        #expect(try await site.post("/login", ["user": "rosa", "password": Site.password]).status == 401)
    }

    @Test func `takes no session that a stranger made up`() async throws {
        let site = try await Site()
        let planted = "sluice_session=" + String(repeating: "a", count: 64)
        let answer = try await site.post(
            "/login", ["user": "rosa", "password": Site.password], headers: ["Cookie": planted])
        let cookie = try #require(answer.cookie)
        #expect(cookie != planted)
        #expect(try await site.get("/queue", headers: ["Cookie": planted, "Accept": "text/html"]).status == 303)
        let set = try #require(answer.headers["set-cookie"])
        #expect(set.contains("HttpOnly") && set.contains("SameSite=Strict") && set.contains("Path=/"))
        #expect(try await site.signIn("rosa").cookie != cookie)
    }

    @Test func `lets nobody guess for long`() async throws {
        let site = try await Site()
        for _ in 0..<5 { #expect(try await site.post("/login", ["user": "rosa", "password": "wrong"]).status == 401) }
        let locked = try await site.post("/login", ["user": "rosa", "password": Site.password])
        #expect(locked.status == 401)
        let unknown = try await site.post("/login", ["user": "nobody", "password": Site.password])
        #expect(unknown.status == locked.status && unknown.body == locked.body)
        site.move(minutes: 2)
        #expect(try await site.post("/login", ["user": "rosa", "password": "wrong"]).status == 401)
        #expect(try await site.post("/login", ["user": "rosa", "password": Site.password]).status == 401)
        site.move(minutes: 120)
        #expect(try await site.post("/login", ["user": "rosa", "password": Site.password]).status == 303)
        #expect(try site.read { try $0.user("rosa")?.failures } == 0)
    }
}
