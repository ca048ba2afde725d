internal import Ledger
internal import Model

extension Renderer {
    /// One order for those outside, machine-exact: a header, then its row. `cancels` names the order that it calls
    /// back; `until` is the day on which money is due, or on which a hold ends by itself.
    func order(_ subject: String, into buffer: inout RenderBuffer) throws {
        let parts = subject.split(separator: " ").map(String.init)
        guard parts.count == 2, let number = Int64(parts[1]),
            let order = try transaction.order(number, book: parts[0])
        else { throw LedgerFault("there is no order \(subject)") }
        let item = try order.payment.flatMap { try transaction.orderedItem($0) } ?? OrderedItem()
        var columns: [(name: String, value: String)] = [
            ("record", "D"), ("order", String(number)), ("kind", order.kind.rawValue),
            ("created_at", order.createdAt), ("exception", order.exception),
            ("payment", order.payment?.description ?? ""), ("account", order.account ?? ""),
        ]
        if order.kind == .holdVisit {
            columns += [
                ("turn_off", order.turnOff ?? ""), ("visit_on", order.visitOn?.description ?? ""),
                ("until", order.until?.description ?? ""),
            ]
        } else {
            columns += [
                ("payee", order.payee), ("address", order.address), ("amount", order.amount?.description ?? ""),
                ("currency", item.currency), ("case", order.caseNumber ?? ""),
                ("until", order.until?.description ?? ""), ("tender", item.tender),
                ("check_number", item.checkNumber), ("trace", item.trace), ("payer", item.payer),
            ]
        }
        columns += [("reason", order.reason), ("cancels", order.cancels.map { String($0) } ?? "")]
        try buffer.write(columns.map(\.name).joined(separator: ",") + "\r\n")
        try buffer.write(columns.map { csvField($0.value) }.joined(separator: ",") + "\r\n")
    }
    /// A month's orders for people: safe in spreadsheets, with who decided on them and what became of them.
    func orders(ofMonth month: String, into buffer: inout RenderBuffer) throws {
        try buffer.write(
            "order,created_at,what,payee,address,amount,account,payment,exception,case,until,decided_by,approved_by,"
                + "cancels,cancelled_by\r\n")
        for order in try transaction.orders(ofMonth: month) {
            let (decidedBy, approvedBy, cancelled) = try transaction.responsibility(of: order)
            let fields = [
                order.name, order.createdAt, order.kind.rawValue, order.payee, order.address,
                order.amount?.description, order.account, order.payment?.description, order.exception,
                order.caseNumber, order.until?.description, decidedBy, approvedBy, order.cancels.map { String($0) },
                cancelled.map { String($0) },
            ]
            try buffer.write(fields.map { sheetField($0 ?? "") }.joined(separator: ",") + "\r\n")
        }
    }
}

/// A field of a CSV file for people: an apostrophe goes before what a spreadsheet would calculate (OWASP, CSV
/// injection).
func sheetField(_ text: String) -> String {
    let isFormula = text.utf8.first.map { "=+-@\t\r\n".utf8.contains($0) } ?? false
    return csvField(isFormula ? "'" + text : text)
}
