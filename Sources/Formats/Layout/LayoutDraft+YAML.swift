import Model

// The draft as a layout's text.
extension LayoutDraft {
    private static let mark = "   # check this"

    var yaml: String {
        (head + cut + values + records).joined(separator: "\n") + "\n"
    }

    private func quoted(_ text: String) -> String { JSON.string(text).line }

    private func place(_ column: Int) -> String {
        quoted(table.header == nil ? "\(column + 1)" : table.name(column))
    }

    private var format: String {
        if column(of: "batch") != nil || column(of: "check-number") != nil { return "lockbox-csv" }
        return column(of: "fee") != nil || column(of: "original-trace") != nil ? "processor-csv" : "bank-csv"
    }

    private var tolerated: String {
        let money = ["amount", "credit", "debit", "fee", "net", "line-amount"].compactMap { column(of: $0) }
        return [
            table.isOpen ? Deviation.missingLastNewline.rawValue : nil,
            table.blanks.isDisjoint(with: money) ? nil : Deviation.trailingBlanks.rawValue,
        ].compactMap { $0 }.joined(separator: ", ")
    }

    private var head: [String] {
        let intro =
            "# Drafted from the head of a file. Read every line, strike what is wrong, then try it on whole files."
        return [
            intro, "layout: \(quoted(name))", "format: \(format)" + LayoutDraft.mark,
            "bank: \(quoted("Files like " + name))" + LayoutDraft.mark, "",
            "encoding: \(table.encoding)"
                + (table.encoding == "utf-8" ? "" : LayoutDraft.mark), "",
        ]
    }

    private var cut: [String] {
        let separator = table.separator == 0x09 ? "tab" : String(Unicode.Scalar(table.separator))
        var lines = ["delimited:", "  separator: \(quoted(separator))", "  quote: '\"'"]
        lines.append("  header: \(table.header != nil)")
        if table.skipHead > 0 { lines.append("  skip-head: \(table.skipHead)" + LayoutDraft.mark) }
        if table.skipFoot > 0 { lines.append("  skip-foot: \(table.skipFoot)" + LayoutDraft.mark + ": totals?") }
        if let record { lines.append("  record-column: \(place(record.column))") }
        if table.header != nil, !ignored.isEmpty {
            lines.append("  ignore: [\(ignored.map { place($0) }.joined(separator: ", "))]" + LayoutDraft.mark)
        }
        lines.append("")
        if table.header == nil {
            lines.append("recognise: {rows: true}" + LayoutDraft.mark + ": any file whose first row fits")
        } else {
            let names = fields.map(\.column).reduce(into: [Int]()) { if !$0.contains($1) { $0.append($1) } }
            lines.append("recognise:")
            lines.append("  columns: [\(names.prefix(6).map { place($0) }.joined(separator: ", "))]")
        }
        if !tolerated.isEmpty { lines += ["", "tolerates: [\(tolerated)]" + LayoutDraft.mark] }
        return lines + [""]
    }

    private var values: [String] {
        let decimal = quoted(style.decimal)
        let group = style.group.map { ", group-mark: \(quoted($0))" } ?? ""
        var lines = ["money: {decimal-mark: \(decimal)\(group), signed: \(isSigned)}" + LayoutDraft.mark]
        lines.append("dates: \(dates)" + LayoutDraft.mark)
        var constants: [String] = []
        if column(of: "currency") == nil { constants.append("currency: \(style.decimal == "," ? "EUR" : "USD")") }
        if column(of: "lockbox") == nil { constants.append("lockbox: \(quoted(name.uppercased()))") }
        if !constants.isEmpty {
            lines.append("constants: {\(constants.joined(separator: ", "))}" + LayoutDraft.mark)
        }
        let tender = ["lockbox-csv": "check", "processor-csv": "card"][format] ?? "ach-credit"
        lines.append("tender: {usual: \(tender)}" + LayoutDraft.mark)
        if !excluded.isEmpty {
            lines += ["", "exclude:" + LayoutDraft.mark]
            lines += excluded.map { "  - {column: \(place($0.column)), text: \(quoted($0.word))}" }
        }
        if !signs.isEmpty {
            func words(_ direction: Direction) -> String {
                signs.filter { $0.direction == direction }.map { quoted($0.word) }.joined(separator: ", ")
            }
            lines += ["", "sign: {credit: [\(words(.credit))], debit: [\(words(.debit))]}" + LayoutDraft.mark]
        }
        if !kinds.isEmpty {
            lines += ["", "kind:", "  usual: payment" + LayoutDraft.mark, "  names:"]
            lines += kinds.map { "    \(quoted($0.word)): \($0.kind)" + ($0.isSure ? "" : LayoutDraft.mark) }
        }
        return lines + [""]
    }

    private var records: [String] {
        var lines = ["records:"]
        if let record {
            lines.append("  - type: \(quoted(record.payment))")
            lines.append("    is: payment")
        } else {
            lines.append("  - is: payment")
        }
        if table.header == nil { lines.append("    count: \(table.width)") }
        lines.append("    fields:")
        for field in fields {
            lines.append("      \(field.role): \(place(field.column))" + (field.isSure ? "" : LayoutDraft.mark))
        }
        for type in record?.others ?? [] {
            lines.append("  - {type: \(quoted(type)), is: ignored}" + LayoutDraft.mark + ": a total?")
        }
        return lines
    }
}
