internal import FoundationEssentials
package import Model

/// What a person said about one exception, before it is carried out.
package struct Decision: Hashable, Sendable {
    /// What a duplicate is.
    package enum Kind: String, Sendable {
        /// The same money told by another file: linked, no entry remains.
        case toldTwice = "told-twice"
        /// The customer paid twice: customer credit.
        case paidTwice = "paid-twice"
        /// The bank took the same check twice: on hold until its chargeback.
        case presentedTwice = "presented-twice"

        /// What it does, for the person who said it.
        package var sentence: String {
            switch self {
            case .toldTwice: "the money stays on the books once"
            case .paidTwice: "it is the customer's credit"
            case .presentedTwice: "the money waits on hold until the bank charges one of both back"
            }
        }
    }

    /// What goes to one account, and to one bill where the person says so.
    package struct Allocation: Hashable, Sendable {
        package var account: String
        package var bill: String?
        package var amount: Cents

        package init(account: String, bill: String? = nil, amount: Cents) {
            self.account = account
            self.bill = bill
            self.amount = amount
        }
    }

    package var exception: String
    package var action: Action
    package var allocations: [Allocation]
    package var kind: Kind?
    /// The day on which what waits comes back.
    package var until: CivilDate?
    /// To whom it is given.
    package var to: String?
    package var reason: String?
    package var note: String?
    /// The number under which somebody outside works at it.
    package var caseNumber: String?
    /// The decision that an undo takes back: the last one, known when it is carried out. No text says it.
    var undoes: Int64?
    /// The number of the claim under which it was made; nil where none was taken.
    package var claim: Int64?
    /// SHA-256 of what was shown to who decided (`ExceptionView.shown`); nil where nothing was.
    package var shown: String?

    package init(
        exception: String, action: Action, allocations: [Allocation] = [], kind: Kind? = nil, until: CivilDate? = nil,
        to: String? = nil, caseNumber: String? = nil, reason: String? = nil, note: String? = nil
    ) {
        self.exception = exception
        self.action = action
        self.allocations = allocations
        self.kind = kind
        self.until = until
        self.to = to
        self.caseNumber = caseNumber
        self.reason = reason
        self.note = note
    }

    var allocationsJSON: JSON {
        .array(
            allocations.map {
                ["account": .string($0.account), "bill": JSON($0.bill), "amount": JSON($0.amount)]
            })
    }
}

/// A decision that cannot be carried out as given; nothing of it happened.
package struct DecisionRefused: Error, CustomStringConvertible {
    package let description: String
    package init(_ description: String) { self.description = description }
}

extension Decision {
    /// Reads a decision from one JSON object (RFC 8259) in the contract's fields; unknown fields are refused.
    ///
    /// `exception` may be left out where the place of the file says it.
    package init(json bytes: [UInt8], exception: String? = nil) throws {
        let stated: Stated
        do {
            stated = try JSONDecoder().decode(Stated.self, from: Data(bytes))
        } catch let refused as DecisionRefused {
            throw refused
        } catch {
            throw DecisionRefused(
                "not a decision: expected one JSON object such as {\"exception\": \"1-2-e1\", \"action\": \"post\", …}")
        }
        guard let id = stated.exception ?? exception else { throw DecisionRefused("field exception is missing") }
        guard let action = Action(rawValue: stated.action) else {
            let known = Action.allCases.map(\.rawValue).joined(separator: ", ")
            throw DecisionRefused("action \"\(stated.action)\" is not known; expected one of \(known)")
        }
        let kind = try stated.kind.map { text in
            guard let kind = Kind(rawValue: text) else {
                throw DecisionRefused("kind \"\(text)\" is not told-twice, paid-twice or presented-twice")
            }
            return kind
        }
        self.init(
            exception: id, action: action, allocations: try (stated.allocations ?? []).map { try $0.allocation },
            kind: kind, until: try stated.until.map(Decision.day), to: stated.to, caseNumber: stated.case,
            reason: stated.reason, note: stated.note)
        (claim, shown) = (stated.claim, stated.shown)
    }

    private static func day(_ text: String) throws -> CivilDate {
        guard let day = CivilDate(iso: text) else {
            throw DecisionRefused("until \"\(text)\" is not a day such as 2026-03-31")
        }
        return day
    }

    private struct Stated: Decodable {
        var exception: String?
        var action: String
        var allocations: [StatedAllocation]?
        var kind: String?
        var until: String?
        var to: String?
        var `case`: String?
        var reason: String?
        var note: String?
        var claim: Int64?
        var shown: String?

        enum CodingKeys: String, CodingKey, CaseIterable {
            case exception, action, allocations, kind, until, to, `case`, reason, note, claim, shown
        }

        init(from decoder: any Decoder) throws {
            try refuseUnknown(decoder, Set(CodingKeys.allCases.map(\.rawValue)))
            let container = try decoder.container(keyedBy: CodingKeys.self)
            exception = try container.decodeIfPresent(String.self, forKey: .exception)
            action = try container.decode(String.self, forKey: .action)
            allocations = try container.decodeIfPresent([StatedAllocation].self, forKey: .allocations)
            kind = try container.decodeIfPresent(String.self, forKey: .kind)
            until = try container.decodeIfPresent(String.self, forKey: .until)
            to = try container.decodeIfPresent(String.self, forKey: .to)
            `case` = try container.decodeIfPresent(String.self, forKey: .case)
            reason = try container.decodeIfPresent(String.self, forKey: .reason)
            claim = try container.decodeIfPresent(Int64.self, forKey: .claim)
            shown = try container.decodeIfPresent(String.self, forKey: .shown)
            note = try container.decodeIfPresent(String.self, forKey: .note)
        }
    }

    private struct StatedAllocation: Decodable {
        var account: String
        var bill: String?
        var amount: String

        enum CodingKeys: String, CodingKey, CaseIterable { case account, bill, amount }

        init(from decoder: any Decoder) throws {
            try refuseUnknown(decoder, Set(CodingKeys.allCases.map(\.rawValue)))
            let container = try decoder.container(keyedBy: CodingKeys.self)
            account = try container.decode(String.self, forKey: .account)
            bill = try container.decodeIfPresent(String.self, forKey: .bill)
            amount = try container.decode(String.self, forKey: .amount)
        }

        var allocation: Allocation {
            get throws {
                guard let cents = try? Cents(amount), cents > .zero else {
                    throw DecisionRefused("amount \"\(amount)\" is not an amount such as \"87.27\"")
                }
                return Allocation(account: account, bill: bill, amount: cents)
            }
        }
    }
}

/// A key of any name.
private struct AnyKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}

/// Refuses a field that the contract does not have: a misspelt one must not be ignored in silence.
private func refuseUnknown(_ decoder: any Decoder, _ known: Set<String>) throws {
    for key in try decoder.container(keyedBy: AnyKey.self).allKeys where !known.contains(key.stringValue) {
        throw DecisionRefused(
            "field \"\(key.stringValue)\" is not known; expected \(known.sorted().joined(separator: ", "))")
    }
}
