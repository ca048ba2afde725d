import Model

// The record types of a layout.
extension LayoutCompiler {
    func shape(
        _ part: RecordPart, _ key: String, _ dates: DatePattern, _ pivot: Int, _ cut: Plan.Cut
    ) throws(FileRefused) -> Shape {
        guard let kind = RecordKind(rawValue: part.kind) else {
            let words = RecordKind.allCases.map(\.rawValue).joined(separator: ", ")
            throw invalid(key + ".is", found: part.kind, expected: "one of " + words)
        }
        try checkType(part, key, cut)
        let roles = kind.roles
        var fields: [Shape.Field] = []
        for (word, text) in part.fields.sorted(by: { $0.key < $1.key }) {
            let path = "\(key).fields.\(word)"
            guard let role = Role(name: word) else {
                throw invalid(path, found: word, expected: "one of " + Role.allNames)
            }
            guard roles.contains(role) else {
                throw invalid(path, found: word, expected: "a word that means something in a \(kind.rawValue)")
            }
            fields.append(try field(role, text, path, dates, pivot, cut))
        }
        try checkNeeded(kind, fields, key)
        var tests: [ColumnTest] = []
        for (index, test) in (part.when ?? []).enumerated() {
            tests.append(try columnTest(test, "\(key).when[\(index)]"))
        }
        return Shape(
            kind, type: part.type.map { Array($0.utf8) }, required: part.required, tests: tests, count: part.count,
            fields: fields, columns: columns(of: fields))
    }

    /// Where fields stand that need no header; -1 for those that do.
    private func columns(of fields: [Shape.Field]) -> [Int] {
        fields.enumerated().map { index, field in
            switch field.place {
            case .position(let position): position
            case .columns: index
            case .name: -1
            }
        }
    }

    private func checkType(_ part: RecordPart, _ key: String, _ cut: Plan.Cut) throws(FileRefused) {
        switch cut {
        case .delimited(let cut):
            guard part.type == nil || cut.recordColumn != nil else {
                throw invalid(key + ".type", found: part.type ?? "", expected: "delimited.record-column to find it by")
            }
            guard part.when == nil else {
                throw invalid(key + ".when", found: "a test", expected: "none, for columns are tested in fixed layouts")
            }
            guard cut.hasHeader || part.count != nil else {
                throw invalid(key + ".count", found: "nothing", expected: "the number of fields in the row")
            }
        case .fixed(let cut):
            guard let type = part.type, type.utf8.count == cut.typeColumns.count else {
                throw invalid(
                    key + ".type", found: part.type ?? "nothing", expected: "\(cut.typeColumns.count) characters")
            }
        }
    }

    private func checkNeeded(_ kind: RecordKind, _ fields: [Shape.Field], _ key: String) throws(FileRefused) {
        let roles = Set(fields.map(\.role))
        guard kind == .payment else { return }
        let hasColumns = roles.contains(.credit) || roles.contains(.debit)
        guard roles.contains(.amount) || hasColumns else {
            throw invalid("\(key).fields", found: "no amount", expected: "amount, or credit and debit, in a payment")
        }
        guard !roles.contains(.amount) || !hasColumns else {
            throw invalid("\(key).fields", found: "amount with credit or debit", expected: "one of both")
        }
        guard !roles.contains(.net) || roles.contains(.fee) else {
            throw invalid("\(key).fields.net", found: "no fee", expected: "fee beside it, for the net lacks it")
        }
    }

    private func field(
        _ role: Role, _ part: FieldPart, _ path: String, _ dates: DatePattern, _ pivot: Int, _ cut: Plan.Cut
    ) throws(FileRefused) -> Shape.Field {
        var field: Shape.Field
        switch cut {
        case .delimited(let cut):
            field = Shape.Field(role: role, place: try place(part.at, path, header: cut.hasHeader))
        case .fixed: field = Shape.Field(role: role, place: .columns(try columns(part.at, key: path)))
        }
        field.optional = part.optional
        if part.optional, role.isMoney, ![.amount, .lineAmount, .total].contains(role) {
            throw invalid(path + ".optional", found: "true", expected: "none: without \(role.name) amounts are others")
        }
        if role.isDate {
            field.date =
                try part.date.map { (text) throws(FileRefused) in
                    try datePattern(text, pivot, key: path + ".date")
                } ?? dates
        } else if let date = part.date {
            throw invalid(path + ".date", found: date, expected: "none, for it is no date")
        }
        if let strip = part.strip {
            guard strip == "zeros" else { throw invalid(path + ".strip", found: strip, expected: "zeros") }
            field.stripsZeros = true
        }
        return field
    }
}
