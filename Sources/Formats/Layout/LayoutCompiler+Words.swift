import Model

// The bank's words for directions and kinds, rows to pass over, and what is tolerated.
extension LayoutCompiler {
    func words(_ text: LayoutFile, into plan: inout Plan) throws(FileRefused) {
        for (direction, words) in [(Direction.credit, text.sign?.credit ?? []), (.debit, text.sign?.debit ?? [])] {
            for word in words {
                guard plan.signs.updateValue(direction, forKey: word) == nil else {
                    throw invalid("sign", found: word, expected: "each word once")
                }
            }
        }
        if let part = text.kind {
            if let usual = part.usual { plan.usualKind = try kind(usual, "kind.usual") }
            for (word, name) in part.names.sorted(by: { $0.key < $1.key }) {
                plan.kinds[word] = try kind(name, "kind.names." + word)
            }
        }
        for (index, name) in (text.tolerates ?? []).enumerated() {
            guard let deviation = Deviation(rawValue: name) else {
                throw invalid("tolerates[\(index)]", found: name, expected: "one of " + Deviation.allNames)
            }
            plan.tolerated.insert(deviation)
        }
    }

    func kindRules(_ parts: [KindRulePart], _ cut: Plan.Cut) throws(FileRefused) -> [KindRule] {
        var rules: [KindRule] = []
        for (index, part) in parts.enumerated() {
            let key = "kinds[\(index)]"
            guard case .delimited(let cut) = cut else {
                throw invalid("kinds", found: "fixed columns", expected: "none: there a record type says what a row is")
            }
            let test: ColumnTest.Kind
            switch (part.text, part.contains) {
            case (let text?, nil): test = .text(Array(text.utf8))
            case (nil, let words?) where words.utf8.count >= 3: test = .contains(Array(words.uppercased().utf8))
            case (nil, let words?):
                throw invalid(key + ".contains", found: words, expected: "three characters or more")
            default: throw invalid(key, found: "no test or two", expected: "text or contains")
            }
            let direction = try self.direction(part.direction, key + ".direction")
            let only = try self.direction(part.only, key + ".only")
            let place = try place(part.column, key + ".column", header: cut.hasHeader)
            rules.append(
                KindRule(
                    test: FieldTest(place: place, kind: test), kind: try kind(part.kind, key + ".kind"),
                    direction: direction, only: only))
        }
        return rules
    }

    private func direction(_ word: String?, _ key: String) throws(FileRefused) -> Direction? {
        guard let word else { return nil }
        guard let known = Direction(rawValue: word) else {
            throw invalid(key, found: word, expected: "credit or debit")
        }
        return known
    }

    private func kind(_ name: String, _ key: String) throws(FileRefused) -> ItemKind {
        let known: [ItemKind] = [.payment, .returned, .correction, .sum, .fee]
        guard let kind = ItemKind(rawValue: name), known.contains(kind) else {
            throw invalid(key, found: name, expected: "one of " + known.map(\.rawValue).joined(separator: ", "))
        }
        return kind
    }

    func fieldTests(_ parts: [TestPart], header: Bool) throws(FileRefused) -> [FieldTest] {
        var tests: [FieldTest] = []
        for (index, part) in parts.enumerated() {
            let key = "exclude[\(index)]"
            guard let column = part.column, part.columns == nil else {
                throw invalid(key, found: "no column", expected: "column: the name or number of a column")
            }
            guard [part.record, part.sameAs, part.differsFrom, part.absent, part.unless].allSatisfy({ $0 == nil })
            else { throw invalid(key, found: "other keys", expected: "column with text, not-text or holds") }
            tests.append(
                FieldTest(place: try place(column, key + ".column", header: header), kind: try testKind(part, key)))
        }
        return tests
    }

    /// Words without a column, and a column without words, would both be ignored; two signs could disagree.
    func checkMoney(_ text: LayoutFile, _ plan: Plan) throws(FileRefused) {
        for (key, role, isGiven) in [("sign", Role.sign, text.sign != nil), ("kind", .kind, text.kind != nil)]
        where plan.has(role) != isGiven {
            throw invalid(
                key, found: isGiven ? "no field \(key)" : "no words",
                expected: "a field \(key) in a payment, and its words under \(key)")
        }
        if plan.has(.sign), plan.money.signed {
            throw invalid("money.signed", found: "true", expected: "false where a column has the sign")
        }
        if plan.has(.fee), !plan.makesBatches {
            throw invalid(
                "records", found: "a fee in a file with batches of its own",
                expected: "none, for a batch's sum cannot hold money of both directions")
        }
    }
}
