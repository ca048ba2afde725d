/// What one field of a record holds: the words a layout uses on the left of `fields`.
enum Role: UInt8, CaseIterable, Sendable {
    case lockbox, depositDate, ourAccount, currency
    case batch, item, transaction
    case amount, checkNumber, routing, bankAccount, payer, tender
    case account, bill, lineAmount, scanline, memo
    case reference, endToEnd, trace
    case checkDate, valueDate, bookingDate, postmark
    case checkFront, checkBack, coupon, envelope
    case items, batches, total, records
    case sequence, last, filler
    case credit, debit, sign, kind, fee, net
    case originalTrace, originalCode, originalText

    /// The word in a layout.
    var name: String { Role.names[Int(rawValue)] }

    /// The role that a layout's word names, or nil.
    init?(name: String) {
        guard let index = Role.names.firstIndex(of: name) else { return nil }
        self.init(rawValue: UInt8(index))
    }

    /// In the order of the cases.
    private static let names = [
        "lockbox", "deposit-date", "our-account", "currency",
        "batch", "item", "transaction",
        "amount", "check-number", "routing", "bank-account", "payer", "tender",
        "account", "bill", "line-amount", "scanline", "memo",
        "reference", "end-to-end", "trace",
        "check-date", "value-date", "booking-date", "postmark",
        "check-front", "check-back", "coupon", "envelope",
        "items", "batches", "total", "records",
        "sequence", "last", "filler",
        "credit", "debit", "sign", "kind", "fee", "net",
        "original-trace", "original-code", "original-text",
    ]

    /// All words, for messages.
    static var allNames: String { names.joined(separator: ", ") }

    /// Whether a message may show the field's text only masked.
    var isSecret: Bool { self == .bankAccount || self == .ourAccount }

    /// Whether the field says how much, or which way: an absent one would make another amount of it.
    var isMoney: Bool {
        switch self {
        case .amount, .lineAmount, .total, .credit, .debit, .sign, .kind, .fee, .net: true
        default: false
        }
    }

    var isDate: Bool {
        switch self {
        case .depositDate, .checkDate, .valueDate, .bookingDate, .postmark: true
        default: false
        }
    }
}

/// What a record type is for.
enum RecordKind: String, CaseIterable, Sendable {
    /// Stands before the first batch; what it holds is true for the whole file.
    case fileHeader = "file-header"
    case batchHeader = "batch-header"
    case payment
    /// A remittance line of the payment before it.
    case line
    case batchTrailer = "batch-trailer"
    case depositTrailer = "deposit-trailer"
    case fileTrailer = "file-trailer"
    case ignored

    /// The roles that mean something in such a record.
    var roles: Set<Role> {
        let place: Set<Role> = [.lockbox, .depositDate, .filler]
        switch self {
        case .fileHeader: return place.union([.ourAccount, .currency])
        case .batchHeader: return place.union([.ourAccount, .currency, .batch, .items, .total, .records])
        case .payment: return Set(Role.allCases).subtracting([.items, .batches, .total, .records, .sequence, .last])
        case .line: return [.batch, .item, .account, .bill, .lineAmount, .memo, .sequence, .last, .filler]
        case .batchTrailer: return place.union([.batch, .items, .total])
        case .depositTrailer: return place.union([.batches, .items, .total])
        case .fileTrailer: return [.batches, .items, .total, .records, .filler]
        case .ignored: return [.filler]
        }
    }
}
