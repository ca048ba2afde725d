import Model

/// The head of a file as a table: how it is cut into rows and fields, as far as it shows.
struct GuessTable {
    /// One way of cutting the head.
    private struct Cut {
        var separator: UInt8
        var skip: Int
        var rows: [[String]] = []
        /// Columns in which a value ends in blanks.
        var blanks: Set<Int> = []
    }

    /// What a file's head may be cut by, in the order in which it is tried.
    private static let separators: [UInt8] = [0x3B, 0x2C, 0x09, 0x7C]
    private static let rowsMax = 500
    private static let skipMax = 12

    var encoding: String
    var separator: UInt8
    var skipHead: Int
    /// Rows of another width behind the last: a sum, a date of printing.
    var skipFoot = 0
    /// Rows of another width between the others.
    var strays = 0
    /// Whether the last line has no line end; only known where the head is the whole file.
    var isOpen: Bool
    var header: [String]?
    var rows: [[String]]
    var width: Int
    /// Columns in which a value ends in blanks.
    var blanks: Set<Int>

    init(_ head: [UInt8]) throws(FileRefused) {
        guard !head.isEmpty else { throw FileRefused(.fileEmpty, "the file has no bytes; nothing can be told of it") }
        var decoder = TextDecoder(.sniff)
        var text = try decoder.decode(head.span)
        text += try decoder.settle()
        let isWhole = head.count < Format.headSize
        var found: Cut?
        for skip in 0...GuessTable.skipMax where found == nil {
            found = GuessTable.best(text, skip, isWhole)
        }
        guard let found else {
            throw FileRefused(
                .formatUnknown,
                "no separator (; , tab |) cuts its rows into fields of one number;"
                    + " if it has record types or fixed columns, write its layout by hand")
        }
        encoding = decoder.found
        separator = found.separator
        skipHead = found.skip
        width = found.rows[0].count
        blanks = found.blanks
        isOpen = isWhole && text.last != 0x0A && text.last != 0x0D
        rows = found.rows
        takeFoot(isWhole)
        if let first = rows.first, GuessTable.isHeader(first) {
            header = first
            rows.removeFirst()
        }
    }

    /// The separator that gives the most fields in rows of one width, the first row among them.
    private static func best(_ text: [UInt8], _ skip: Int, _ isWhole: Bool) -> Cut? {
        var best: Cut?
        var most = 0
        for separator in separators {
            guard let cut = cut(text, separator, skip, isWhole), let first = cut.rows.first, first.count > 1 else {
                continue
            }
            let alike = cut.rows.count { $0.count == first.count }
            guard alike * 2 > cut.rows.count, alike * (first.count - 1) > most else { continue }
            most = alike * (first.count - 1)
            best = cut
        }
        return best
    }

    private static func cut(_ text: [UInt8], _ separator: UInt8, _ skip: Int, _ isWhole: Bool) -> Cut? {
        var splitter = RowSplitter(separator: separator, quote: UInt8(ascii: "\""), encoding: .utf8, skipping: skip)
        var cut = Cut(separator: separator, skip: skip)
        func take() {
            let row = splitter.row
            for field in 0..<row.count where row.trimmed(field).upperBound < row.range(field).upperBound {
                cut.blanks.insert(field)
            }
            cut.rows.append((0..<row.count).map { String(decoding: row.bytes[row.trimmed($0)], as: UTF8.self) })
        }
        var at = 0
        do throws(FileRefused) {
            while cut.rows.count < rowsMax, try splitter.next(text.span, &at) { take() }
            if isWhole, cut.rows.count < rowsMax, try splitter.finish() { take() }
        } catch {
            return nil
        }
        return cut
    }

    private mutating func takeFoot(_ isWhole: Bool) {
        while isWhole, let last = rows.last, last.count != width {
            rows.removeLast()
            skipFoot += 1
        }
        let all = rows.count
        rows.removeAll { $0.count != width }
        strays = all - rows.count
    }

    /// Names are distinct and none of them is a number or a day.
    private static func isHeader(_ row: [String]) -> Bool {
        let names = row.filter { !$0.isEmpty }
        guard names.count * 2 > row.count, Set(names).count == names.count else { return false }
        return names.allSatisfy { $0.unicodeScalars.contains { $0.properties.isAlphabetic } }
            && !names.contains { name in GuessValues.datePatterns.contains { GuessValues.reads(name, $0) } }
    }

    /// The values of one column.
    func column(_ index: Int) -> [String] { rows.map { $0[index] } }

    func name(_ index: Int) -> String { header?[index] ?? "" }
}

/// What values look like.
enum GuessValues {
    /// Day orders, the surer first.
    static let datePatterns = [
        "yyyy-mm-dd", "yyyy/mm/dd", "yyyy.mm.dd", "dd.mm.yyyy", "mm/dd/yyyy", "dd/mm/yyyy", "mm-dd-yyyy", "dd-mm-yyyy",
        "dd.mm.yy", "mm/dd/yy", "dd/mm/yy", "yyyymmdd",
    ]

    /// Amount styles, the plainer first: those with a comma between groups need it to prove itself.
    static let styles: [(decimal: String, group: String?)] = [
        (".", nil), (",", nil), (".", ","), (",", "."), (".", "'"), (",", " "),
    ]

    static func reads(_ text: String, _ pattern: String) -> Bool {
        let bytes = Array(text.utf8)
        return DatePattern(pattern, pivot: 70)?.read(bytes.span) != nil
    }

    /// The patterns in which all filled values are days.
    static func patterns(of values: [String]) -> [String] {
        let values = values.filter { !$0.isEmpty }
        guard !values.isEmpty else { return [] }
        return datePatterns.filter { pattern in values.allSatisfy { reads($0, pattern) } }
    }

    static func cents(_ text: String, _ style: (decimal: String, group: String?)) -> Cents? {
        let money = MoneyStyle(decimalMark: style.decimal.utf8.first, groupMark: style.group?.utf8.first, signed: true)
        do throws(MoneyFault) { return try Cents(text, style: money) } catch { return nil }
    }

    /// Whether most filled values are amounts in some style, one of them with a decimal mark.
    static func looksLikeMoney(_ values: [String]) -> Bool {
        let values = values.filter { !$0.isEmpty }
        guard !values.isEmpty, patterns(of: values).isEmpty else { return false }
        let read = values.count { value in styles.contains { cents(value, $0) != nil } }
        return read * 2 > values.count && values.contains { $0.contains(".") || $0.contains(",") }
    }
}
