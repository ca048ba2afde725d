import Model

/// Checks what a layout's text says and turns it into a plan.
struct LayoutCompiler {
    /// The layout file's name, for messages.
    let file: String

    func invalid(_ key: String, found: String, expected: String) -> FileRefused {
        FileRefused(.layoutInvalid, field: key, "\(file): \(key): found \"\(found)\", expected \(expected)")
    }

    func compile(_ text: LayoutFile) throws(FileRefused) -> Plan {
        let pivot = text.centuryPivot ?? 70
        guard (0...100).contains(pivot) else {
            throw invalid("century-pivot", found: "\(pivot)", expected: "0 to 100")
        }
        let dates = try datePattern(text.dates ?? "yyyy-mm-dd", pivot, key: "dates")
        var plan = Plan(
            encoding: try encoding(text), source: try source(text), cut: try cut(text), money: try money(text.money),
            shapes: [])
        plan.currency = text.constants?.currency ?? ""
        plan.lockbox = text.constants?.lockbox ?? ""
        plan.ourAccount = text.constants?.ourAccount ?? ""
        try tender(text.tender, into: &plan)
        plan.scanline = try scanline(text.scanline)
        try words(text, into: &plan)
        plan.kindRules = try kindRules(text.kinds ?? [], plan.cut)
        plan.placeholders = Set((text.placeholders ?? []).map(withoutLeadingZeros))
        for (index, record) in text.records.enumerated() {
            plan.shapes.append(try shape(record, "records[\(index)]", dates, pivot, plan.cut))
        }
        guard plan.shapes.contains(where: { $0.kind == .payment }) else {
            throw invalid("records", found: "no payment", expected: "a record with is: payment")
        }
        try checkMoney(text, plan)
        return plan
    }

    private func cut(_ text: LayoutFile) throws(FileRefused) -> Plan.Cut {
        switch (text.delimited, text.fixed) {
        case (let part?, nil): return .delimited(try delimited(part, text.recognise, text.exclude ?? []))
        case (nil, let part?): return .fixed(try fixed(part, text.recognise, text.exclude ?? []))
        case (nil, nil): throw invalid("delimited", found: "neither", expected: "delimited or fixed")
        default: throw invalid("delimited", found: "delimited and fixed", expected: "one of them")
        }
    }

    private func delimited(
        _ part: DelimitedPart, _ known: RecognisePart, _ exclude: [TestPart]
    ) throws(FileRefused) -> DelimitedCut {
        let separator = try mark(part.separator == "tab" ? "\t" : part.separator, key: "delimited.separator")
        var quote: UInt8?
        if let text = part.quote { quote = try mark(text, key: "delimited.quote") }
        guard separator != quote else {
            throw invalid("delimited.quote", found: part.quote ?? "", expected: "another byte than the separator")
        }
        for (key, number) in [("skip-head", part.skipHead), ("skip-foot", part.skipFoot)]
        where !(0...100).contains(number) {
            throw invalid("delimited.\(key)", found: "\(number)", expected: "0 to 100")
        }
        let knowsRows = known.rows && !part.header && part.recordColumn == nil
        guard knowsRows || !((part.header ? known.columns : known.starts) ?? []).isEmpty, known.tests == nil else {
            throw invalid(
                "recognise", found: "other keys",
                expected: part.header
                    ? "columns: the header names that mark the file" : "starts: the first types, or rows: true")
        }
        var column: Place?
        if let text = part.recordColumn {
            column = try place(text, "delimited.record-column", header: part.header)
        }
        return DelimitedCut(
            separator: separator, quote: quote, hasHeader: part.header, skipHead: part.skipHead,
            skipFoot: part.skipFoot, recordColumn: column, ignored: part.ignore,
            excluded: try fieldTests(exclude, header: part.header), recogniseColumns: known.columns ?? [],
            starts: known.starts ?? [], knowsRows: knowsRows)
    }

    private func fixed(
        _ part: FixedPart, _ known: RecognisePart, _ exclude: [TestPart]
    ) throws(FileRefused) -> FixedCut {
        let type = try columns(part.typeColumns, key: "fixed.type-columns")
        let bounds = part.length.split(separator: "-").compactMap { Int($0) }
        guard bounds.count == part.length.split(separator: "-", omittingEmptySubsequences: false).count,
            let least = bounds.first, let most = bounds.last, bounds.count <= 2, least <= most, least > 0
        else {
            throw invalid("fixed.length", found: part.length, expected: "a number (80) or two (1-160)")
        }
        guard let starts = known.starts, !starts.isEmpty, known.columns == nil, !known.rows else {
            throw invalid("recognise", found: "other keys", expected: "starts: the types of the first records")
        }
        var tests: [DialectTest] = []
        for (index, part) in (known.tests ?? []).enumerated() {
            tests.append(try dialectTest(part, "recognise.tests[\(index)]"))
        }
        var excluded: [ColumnTest] = []
        for (index, part) in exclude.enumerated() { excluded.append(try columnTest(part, "exclude[\(index)]")) }
        return FixedCut(
            typeColumns: type, lengths: least...most, starts: starts.map { Array($0.utf8) }, tests: tests,
            excluded: excluded)
    }

    private func dialectTest(_ part: TestPart, _ key: String) throws(FileRefused) -> DialectTest {
        guard let record = part.record else {
            throw invalid(key + ".record", found: "nothing", expected: "the record type that is tested")
        }
        let range = try columns(part.columns ?? "", key: key + ".columns")
        let type = Array(record.utf8)
        guard part.absent == nil || part.absent == "pass" else {
            throw invalid(key + ".absent", found: part.absent ?? "", expected: "pass")
        }
        let kind: DialectTest.Kind
        if let other = part.sameAs {
            kind = .sameAs(Array(other.utf8), range)
        } else if let other = part.differsFrom {
            kind = .differsFrom(Array(other.utf8), range)
        } else {
            kind = .columns(try columnTest(part, key))
        }
        return DialectTest(
            record: type, kind: kind, passesWhereAbsent: part.absent != nil, unless: part.unless.map { Array($0.utf8) })
    }

    func columnTest(_ part: TestPart, _ key: String) throws(FileRefused) -> ColumnTest {
        guard part.column == nil else {
            throw invalid(key + ".column", found: part.column ?? "", expected: "columns: 8-17, for columns are fixed")
        }
        let range = try columns(part.columns ?? "", key: key + ".columns")
        return ColumnTest(columns: range, kind: try testKind(part, key))
    }

    /// What a test asks, whatever it asks it of.
    func testKind(_ part: TestPart, _ key: String) throws(FileRefused) -> ColumnTest.Kind {
        if let word = part.holds {
            guard let kind = ColumnTest.words.first(where: { $0.0 == word })?.1 else {
                let words = ColumnTest.words.map(\.0).joined(separator: ", ")
                throw invalid(key + ".holds", found: word, expected: "one of " + words)
            }
            return kind
        }
        if let text = part.text { return .text(Array(text.utf8)) }
        if let text = part.notText { return .notText(Array(text.utf8)) }
        throw invalid(key, found: "no test", expected: "holds, text or not-text")
    }
}

// The small values of a layout.
extension LayoutCompiler {
    func datePattern(_ text: String, _ pivot: Int, key: String) throws(FileRefused) -> DatePattern {
        guard let pattern = DatePattern(text, pivot: pivot) else {
            throw invalid(key, found: text, expected: "a pattern of yyyy or yy, mm, dd and marks, such as dd.mm.yyyy")
        }
        return pattern
    }

    /// `8-17` or `8`: columns from 1, both ends included.
    func columns(_ text: String, key: String) throws(FileRefused) -> Range<Int> {
        let bounds = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
        guard let first = bounds.first, let last = bounds.last, bounds.count <= 2, first > 0, first <= last,
            last <= 4096
        else {
            throw invalid(key, found: text, expected: "columns such as 8-17, from 1, ends included")
        }
        return first - 1..<last
    }

    func place(_ text: String, _ key: String, header: Bool) throws(FileRefused) -> Place {
        if let position = Int(text) {
            guard position > 0, position <= RowSplitter.fieldsMax else {
                throw invalid(key, found: text, expected: "a column number from 1")
            }
            return .position(position - 1)
        }
        guard header else {
            throw invalid(key, found: text, expected: "a column number, for the file has no header")
        }
        return .name(text)
    }

    private func mark(_ text: String, key: String) throws(FileRefused) -> UInt8 {
        guard let byte = text.utf8.first, text.utf8.count == 1, byte < 0x7F, byte >= 0x20 || byte == 0x09 else {
            throw invalid(key, found: text, expected: "one character")
        }
        return byte
    }

    private func encoding(_ text: LayoutFile) throws(FileRefused) -> Encoding {
        let name = text.encoding ?? (text.fixed == nil ? "utf-8" : "ascii")
        // Columns are bytes: a character of several bytes would move all columns behind it.
        if text.fixed == nil, SourceEncoding(rawValue: name) != nil { return .utf8 }
        guard let encoding = Encoding(rawValue: name), text.fixed == nil || encoding != .utf8 else {
            throw invalid(
                "encoding", found: name,
                expected: text.fixed == nil
                    ? "utf-8, latin-1, windows-1252, utf-16 or sniff" : "ascii or latin-1")
        }
        return encoding
    }

    private func source(_ text: LayoutFile) throws(FileRefused) -> SourceEncoding? {
        text.fixed == nil ? text.encoding.flatMap { SourceEncoding(rawValue: $0) } : nil
    }

    private func money(_ part: MoneyPart?) throws(FileRefused) -> MoneyStyle {
        guard let part else { return .plain }
        var style = MoneyStyle.impliedCents
        if part.decimalMark != "implied" { style.decimalMark = try mark(part.decimalMark, key: "money.decimal-mark") }
        if let group = part.groupMark { style.groupMark = try mark(group, key: "money.group-mark") }
        style.signed = part.signed
        for (key, mark) in [("decimal-mark", style.decimalMark), ("group-mark", style.groupMark)] {
            if let mark, mark &- 48 < 10 || [0x28, 0x29, 0x2D].contains(mark) {
                throw invalid("money." + key, found: "\(Unicode.Scalar(mark))", expected: "no digit, minus or bracket")
            }
        }
        guard style.groupMark == nil || style.groupMark != style.decimalMark else {
            throw invalid("money.group-mark", found: part.groupMark ?? "", expected: "another than the decimal mark")
        }
        return style
    }

    private func tender(_ part: TenderPart?, into plan: inout Plan) throws(FileRefused) {
        let words = Tender.allCases.map(\.rawValue).joined(separator: ", ")
        plan.tenders = Dictionary(uniqueKeysWithValues: Tender.allCases.map { ($0.rawValue, $0) })
        guard let part else { return }
        guard let usual = Tender(rawValue: part.usual) else {
            throw invalid("tender.usual", found: part.usual, expected: "one of " + words)
        }
        plan.usualTender = usual
        for (name, word) in part.names.sorted(by: { $0.key < $1.key }) {
            guard let tender = Tender(rawValue: word) else {
                throw invalid("tender.names." + name, found: word, expected: "one of " + words)
            }
            plan.tenders[name] = tender
        }
    }

    private func scanline(_ part: ScanlinePart?) throws(FileRefused) -> ScanlineCut? {
        guard let part else { return nil }
        var cut = ScanlineCut(length: part.length, account: try columns(part.account, key: "scanline.account"))
        if let due = part.due { cut.due = try columns(due, key: "scanline.due") }
        for (key, range) in [("account", cut.account), ("due", cut.due ?? cut.account)]
        where range.upperBound > part.length {
            throw invalid("scanline." + key, found: "\(range.upperBound)", expected: "at most length \(part.length)")
        }
        return cut
    }
}

/// A reference as it is compared with the placeholders.
func withoutLeadingZeros(_ text: String) -> String { String(text.drop { $0 == "0" || $0 == " " }) }
