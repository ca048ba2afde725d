internal import Hummingbird
internal import Ledger
internal import Model
internal import Pipeline
internal import Review

/// Accounts, exceptions and documents by anything that a paper may show.
struct SearchPage: Sendable {
    let office: Office
    let pages: Pages

    private static let limit = 12

    private struct Found: Sendable {
        var accounts: [(account: AccountHit, posts: [Part])] = []
        var exceptions: [ExceptionView] = []
        var documents: [(id: String, type: String)] = []
    }

    func show(_ query: Query, _ person: Person) async throws -> Response {
        let text = String((query["q"] ?? "").prefix(80))
        let exception = query["for"].flatMap { isExceptionID($0) ? $0 : nil }
        let found = try await find(text, exception)
        var fields: Fields = [
            "q": text, "accounts": found.accounts.map(fieldsOf),
            "exceptions": found.exceptions.map {
                ["id": $0.id, "what": $0.what, "path": "/exception/\($0.id)"] as Fields
            },
            "documents": found.documents.map { ["id": $0.id, "type": $0.type] },
            "hasAccounts": !found.accounts.isEmpty, "hasExceptions": !found.exceptions.isEmpty,
            "hasDocuments": !found.documents.isEmpty,
            "isEmpty": !text.isEmpty && found.accounts.isEmpty && found.exceptions.isEmpty && found.documents.isEmpty,
        ]
        fields["for"] = exception
        return pages.page("search", fields, for: person)
    }

    /// What the script of an item's page shows below its search: accounts, each with what it would get.
    func json(_ query: Query, _ person: Person) async throws -> Response {
        let text = String((query["q"] ?? "").prefix(80))
        let found = try await find(text, query["for"].flatMap { isExceptionID($0) ? $0 : nil })
        let accounts = found.accounts.map { account, parts -> JSON in
            [
                "account": .string(account.account), "name": .string(account.name),
                "address": .string(account.address), "status": .string(account.status),
                "due": .string(money(account.due)), "by": .string(account.found),
                "posts": .array(
                    parts.map {
                        .string(
                            "\(money($0.cents)) " + ($0.bill.map { "to bill \($0)" } ?? "as credit: no bill takes it"))
                    }),
                "credits": .bool(parts.contains { $0.kind == .credit }),
            ]
        }
        return .json(JSON.object([JSON.Member("accounts", .array(accounts))]).line)
    }

    private func find(_ text: String, _ exception: String?) async throws -> Found {
        guard !text.isEmpty else { return Found() }
        var filter = QueueFilter()
        filter.text = text
        let policy = office.configuration.allocation
        return try await office.reading.read { [filter] transaction in
            let view = try exception.flatMap(transaction.exception)
            var found = Found()
            for account in try transaction.searchAccounts(text, limit: Self.limit) {
                let candidate = CandidateRow(
                    account: account.account, name: account.name, score: 0, evidence: "[]", posting: "[]")
                let agreement = try view.flatMap {
                    try transaction.agreement(with: candidate, of: $0, policy: policy)
                }
                found.accounts.append((account, agreement?.parts ?? []))
            }
            found.exceptions = try transaction.openExceptions(filter).prefix(Self.limit).compactMap(
                transaction.exception)
            found.documents = try transaction.documentsFound(text, limit: Self.limit)
            return found
        }
    }

    private func fieldsOf(_ found: AccountHit, _ parts: [Part]) -> Fields {
        [
            "account": found.account, "name": found.name, "address": found.address, "status": found.status,
            "due": money(found.due), "by": found.found,
        ]
    }
}
