import Model

extension FixedCut {
    /// A record's type; empty where the line is shorter.
    func type(of row: Row) -> [UInt8] {
        row.length < typeColumns.upperBound ? [] : Array(row.bytes[typeColumns])
    }

    /// Whether a record is of that type.
    func `is`(_ type: [UInt8]?, _ row: Row) -> Bool {
        guard let type, row.length >= typeColumns.upperBound else { return false }
        let first = typeColumns.lowerBound
        for index in 0..<min(type.count, typeColumns.count) where row.bytes[first + index] != type[index] {
            return false
        }
        return true
    }

    /// Whether the head of a file begins with the layout's first records and passes the tests of its dialect.
    func claims(_ head: [UInt8], encoding: Encoding) -> Bool {
        guard let rows = rows(of: head, encoding: encoding), rows.count >= starts.count else { return false }
        for (row, start) in zip(rows, starts) {
            guard type(of: row) == start, lengths.contains(row.length) else { return false }
        }
        return tests.allSatisfy { holds($0, rows) }
    }

    /// The head's whole records, or nil where it is not text.
    private func rows(of head: [UInt8], encoding: Encoding) -> [Row]? {
        var splitter = RowSplitter(encoding: encoding)
        var rows: [Row] = []
        var at = 0
        do throws(FileRefused) {
            while try splitter.next(head.span, &at) {
                rows.append(splitter.row)
                // The rest of the head cannot change the answer to who begins with these records.
                if rows.count == starts.count, !zip(rows, starts).allSatisfy({ type(of: $0) == $1 }) { return nil }
            }
            if head.count < Format.headSize, try splitter.finish() { rows.append(splitter.row) }
        } catch {
            // A fault behind the first records is told by the reader, with its line.
            return rows
        }
        return rows
    }

    private func holds(_ test: DialectTest, _ rows: [Row]) -> Bool {
        if let unless = test.unless, rows.contains(where: { type(of: $0) == unless }) { return true }
        guard let first = rows.first(where: { type(of: $0) == test.record }) else { return test.passesWhereAbsent }
        switch test.kind {
        case .columns(let columns): return columns.holds(first)
        case .sameAs(let other, let range): return repeats(range, of: other, in: test.record, rows)
        case .differsFrom(let other, let range): return !repeats(range, of: other, in: test.record, rows)
        }
    }

    /// Whether any record of one type repeats columns of the record of the other type before it.
    private func repeats(_ range: Range<Int>, of other: [UInt8], in type: [UInt8], _ rows: [Row]) -> Bool {
        var pattern: ColumnTest?
        for row in rows {
            let own = self.type(of: row)
            if own == other, row.length >= range.upperBound {
                pattern = ColumnTest(columns: range, kind: .text(Array(row.bytes[range])))
            }
            if own == type, pattern?.holds(row) == true { return true }
        }
        return false
    }
}
