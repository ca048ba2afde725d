internal import Ledger
internal import Model
internal import Pipeline
internal import Review

/// What a form asks to be decided, made into the one form that all decisions have.
struct AskedDecision: Sendable {
    let json: [UInt8]
    /// What must be looked at before one key decides it; empty where it was, or nothing must.
    private(set) var looks: [String] = []
    private(set) var candidate: Int?
    /// Whether the exception stays on the screen.
    let staysHere: Bool
    /// Whether a decision is taken back, and it was not said yet what has left the office by it.
    let mustTellWhatLeft: Bool

    /// - Throws: `DecisionRefused` where the form makes no decision.
    init(_ form: Form, of item: ShownItem) throws {
        var (action, allocations): (String, JSON) = (form["action"] ?? "", [])
        if let place = form["proposal"] {
            (json, staysHere, mustTellWhatLeft) = (try Self.proposed(place, form, item), false, false)
            return
        }
        if let text = form["candidate"] {
            guard let place = Int(text) else { throw DecisionRefused("\"\(text)\" is no candidate") }
            (action, allocations) = try Self.accepting(place, item)
            candidate = place
            if form["looked"] != "yes" {
                looks = item.looks(at: place - 1, money: money)
                if !item.images.isEmpty, form["seen"] != "yes" {
                    looks.append("its image was not shown yet")
                }
            }
        } else {
            allocations = Self.json(try Self.allocations(form, all: action == "post" ? item.view.amount : nil))
        }
        var members: [JSON.Member] = [
            JSON.Member("exception", .string(item.view.id)), JSON.Member("action", .string(action)),
            JSON.Member("allocations", allocations),
        ]
        for name in ["kind", "until", "to", "reason", "note", "case"] {
            if let value = form[name] { members.append(JSON.Member(name, .string(value))) }
        }
        if let payment = form["payment"] { members.append(JSON.Member("payment", .string(payment))) }
        if let amount = form["true_amount"] { members.append(JSON.Member("amount", .string(amount))) }
        let differences = Self.differences(form)
        if !differences.isEmpty { members.append(JSON.Member("differences", .array(differences))) }
        if let claim = form["claim"].flatMap({ Int64($0) }) { members.append(JSON.Member("claim", .int(claim))) }
        // An undo is of the last decision, whatever the page showed: the engine says what rests on it.
        if action != "undo" { members.append(JSON.Member("shown", .string(form["shown"] ?? ""))) }
        json = Array(JSON.object(members).line.utf8)
        staysHere = ["note", "assign", "protect", "undo"].contains(action)
        mustTellWhatLeft = action == "undo" && form["looked"] != "yes"
    }

    /// What is proposed for a unit that does not add up, as it stands on the page.
    private static func proposed(_ place: String, _ form: Form, _ item: ShownItem) throws -> [UInt8] {
        guard let place = Int(place), item.view.proposals.indices.contains(place - 1),
            case .object(let members) = item.view.proposals[place - 1].decision
        else { throw DecisionRefused("\"\(place)\" is no proposal of this exception any more") }
        var more = [JSON.Member("shown", .string(form["shown"] ?? ""))]
        if let claim = form["claim"].flatMap({ Int64($0) }) { more.append(JSON.Member("claim", .int(claim))) }
        return Array(JSON.object(members + more).line.utf8)
    }

    /// The rows of a difference that a form has filled in.
    private static func differences(_ form: Form) -> [JSON] {
        let (kinds, amounts) = (form.all("difference_kind"), form.all("difference_amount"))
        let (accounts, bills) = (form.all("difference_account"), form.all("difference_bill"))
        func text(_ list: [String], _ place: Int) -> JSON { place < list.count ? JSON(nonEmpty: list[place]) : .null }
        return amounts.indices.filter { !amounts[$0].isEmpty }.map { place in
            [
                "kind": .string(place < kinds.count ? kinds[place] : ""),
                "amount": .string(amounts[place].replacing(",", with: "")), "account": text(accounts, place),
                "bill": text(bills, place),
            ]
        }
    }

    /// What a second person keyed without having seen it: amounts, with their accounts where they name them.
    static func keyed(_ form: Form) throws -> [Decision.Allocation] {
        let accounts = form.all("account")
        return try form.all("amount").enumerated().filter { !$1.isEmpty }.map { place, text in
            guard let cents = try? Cents(text.replacing(",", with: "")) else {
                throw DecisionRefused("\"\(text)\" is not an amount such as 87.27")
            }
            return Decision.Allocation(account: place < accounts.count ? accounts[place] : "", amount: cents)
        }
    }

    /// Agreeing with a candidate, as it stands on the page.
    private static func accepting(_ place: Int, _ item: ShownItem) throws -> (String, JSON) {
        guard item.view.candidates.indices.contains(place - 1), let agreement = item.agreements[place - 1],
            let amount = item.view.amount
        else { throw DecisionRefused("there is no candidate \(place) to accept") }
        let chosen = item.view.candidates[place - 1]
        guard agreement.isProposal else {
            return ("post", json([Decision.Allocation(account: chosen.account, amount: amount)]))
        }
        guard agreement.changes.isEmpty else {
            throw DecisionRefused(
                "what candidate \(place) proposed no longer fits the book: "
                    + "\(agreement.changes.joined(separator: "; ")). Say who gets how much with split")
        }
        return ("split", chosen.allocations)
    }

    /// The rows of accounts, bills and amounts that a form has filled in; `all` is what a single row without an amount
    /// gets.
    static func allocations(_ form: Form, all: Cents? = nil) throws -> [Decision.Allocation] {
        let (accounts, bills, amounts) = (form.all("account"), form.all("bill"), form.all("amount"))
        var found: [Decision.Allocation] = []
        for (place, account) in accounts.enumerated() where !account.isEmpty {
            let text = place < amounts.count ? amounts[place].replacing(",", with: "") : ""
            let isAlone = accounts.count { !$0.isEmpty } == 1
            guard let cents = text.isEmpty ? (isAlone ? all : nil) : try? Cents(text), cents > .zero else {
                throw DecisionRefused("amount \"\(text)\" of account \(account) is not an amount such as 87.27")
            }
            let bill = place < bills.count && !bills[place].isEmpty ? bills[place] : nil
            found.append(Decision.Allocation(account: account, bill: bill, amount: cents))
        }
        return found
    }

    private static func json(_ allocations: [Decision.Allocation]) -> JSON {
        .array(
            allocations.map { ["account": .string($0.account), "bill": JSON($0.bill), "amount": JSON($0.amount)] })
    }
}
