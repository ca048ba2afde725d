import Model

/// Notification of Change Addenda, type 7 98.
enum ACHChange {
    static let code = ACHField("change code", 4...6)
    static let trace = ACHField("original entry trace number", 7...21)
    static let rdfi = ACHField("original receiving DFI identification", 28...35)
    static let corrected = ACHField("corrected data", 36...64)
    /// C01-C14 are notices; C61-C69 refuse one.
    static let codes = Set(
        ["01", "02", "03", "04", "05", "06", "07", "08", "09", "13", "14"].map { "C" + $0 }
            + (61...69).map { "C\($0)" })

    /// What a code says has changed, and the columns of the corrected data that hold it, from 1.
    private struct Layout {
        var what: String
        var routing: ClosedRange<Int>?
        var account: ClosedRange<Int>?
        var transactionCode: ClosedRange<Int>?
        var name: ClosedRange<Int>?
        var identification: ClosedRange<Int>?
    }

    private static let layouts: [String: Layout] = [
        "C01": Layout(what: "account number", account: 1...17),
        "C02": Layout(what: "routing number", routing: 1...9),
        "C03": Layout(what: "routing and account number", routing: 1...9, account: 13...29),
        "C04": Layout(what: "name", name: 1...22),
        "C05": Layout(what: "transaction code", transactionCode: 1...2),
        "C06": Layout(what: "account number and transaction code", account: 1...17, transactionCode: 21...22),
        "C07": Layout(
            what: "routing and account number, and transaction code", routing: 1...9, account: 10...26,
            transactionCode: 27...28),
        "C08": Layout(what: "receiving bank's identification", routing: 1...35),
        "C09": Layout(what: "identification number", identification: 1...22),
        "C13": Layout(what: "format of the addenda"),
        "C14": Layout(what: "entry class"),
    ]

    /// What has changed, the account number masked (promise 8); nil of a code that tells of no change.
    static func change(_ record: ACHRecord, isIAT: Bool) -> AccountChange? {
        let code = record.text(code)
        guard var layout = layouts[code] else { return nil }
        // Of IAT, C01 fills the whole of its data: foreign numbers are longer.
        if isIAT, code == "C01" { layout.account = 1...35 }
        func text(_ columns: ClosedRange<Int>?) -> String {
            guard let columns else { return "" }
            let start = corrected.columns.lowerBound - 1
            return record.text(ACHField(layout.what, columns.lowerBound + start...columns.upperBound + start))
        }
        var change = AccountChange()
        change.what = layout.what
        change.record = record.position.record
        change.routing = text(layout.routing)
        change.bankAccount = masked(text(layout.account))
        change.transactionCode = text(layout.transactionCode)
        change.name = text(layout.name)
        change.identification = text(layout.identification)
        return change
    }
}

extension AccountChange {
    /// What is new, as it may be shown and kept.
    var text: String {
        let parts = [
            ("routing", routing), ("account", bankAccount), ("code", transactionCode), ("name", name),
            ("identification", identification),
        ]
        return parts.filter { !$0.1.isEmpty }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    }
}
