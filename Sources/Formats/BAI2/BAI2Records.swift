internal import Model

/// The record types of Cash Management 2005.
enum BAI2Code: String {
    case fileHeader = "01"
    case groupHeader = "02"
    case account = "03"
    case detail = "16"
    case accountTrailer = "49"
    case continuation = "88"
    case groupTrailer = "98"
    case fileTrailer = "99"
}

/// One record with its continuations (88).
struct BAI2Record {
    let code: BAI2Code
    let position: Position
    /// What stands behind the code and comma of the record and of each of its continuations, with the slash.
    var pieces: [[UInt8]]
    /// How many records it is to the counts of the trailers.
    var count: Int { pieces.count }

    /// Whether the fields before the text of a detail were found to be there; once so, always so.
    private var isInText = false

    init(code: BAI2Code, position: Position) {
        self.code = code
        self.position = position
        pieces = [[]]
    }

    /// Whether a line that begins with no record code goes on with this record's text.
    mutating func isOpenText() -> Bool {
        guard code == .detail, let last = pieces.last else { return false }
        guard last.last(where: { !BAI2Byte.isBlank($0) }) != BAI2Byte.slash else { return false }
        if !isInText {
            var fields = BAI2Fields(self)
            isInText = (try? BAI2Detail(&fields)) != nil && !fields.isAtEnd
        }
        return isInText
    }
}

/// Puts lines together to records.
///
/// A record is over when the next one begins that is no continuation. Behind a slash another record may follow on
/// the same line; in the text of a detail (16), where a slash is text, only what has the whole shape of a record does.
struct BAI2Records {
    /// Deviations that were passed over, to be told.
    var faults: [Fault] = []
    private var open: BAI2Record?
    private var length = 0
    private var number = 0
    private var toldSeveral = false

    /// The records that this line completes.
    mutating func take(_ line: [UInt8], at position: Position) throws(FileRefused) -> [BAI2Record] {
        checkEncoding(line, at: position)
        var whole: [BAI2Record] = []
        var rest = line[...].drop(while: BAI2Byte.isBlank)
        while !rest.isEmpty {
            var place = position
            place.byte += rest.startIndex
            if rest.startIndex > 0, line[..<rest.startIndex].contains(BAI2Byte.slash) { tellSeveral(place) }
            guard let code = try code(of: rest, at: place) else {
                rest = try goOn(with: rest, at: place)
                continue
            }
            if let last = try begin(code, at: place) { whole.append(last) }
            let body = rest.dropFirst(3)
            let end = try end(of: body, at: place)
            try add(body[..<end], at: place)
            rest = body[end...].drop(while: BAI2Byte.isBlank)
        }
        return whole
    }

    mutating func finish() -> BAI2Record? {
        defer { open = nil }
        return open
    }

    /// The record code that a line begins with; nil where it begins with none.
    private func code(of line: ArraySlice<UInt8>, at position: Position) throws(FileRefused) -> BAI2Code? {
        let start = Array(line.prefix(3))
        guard start.count == 3, start[2] == BAI2Byte.comma, start[..<2].allSatisfy(BAI2Byte.isDigit) else { return nil }
        let name = String(decoding: start[..<2], as: UTF8.self)
        if let code = BAI2Code(rawValue: name) { return code }
        throw FileRefused(
            .recordUnknown, at: position,
            "the record code is \"\(name)\"; expected one of 01, 02, 03, 16, 49, 88, 98, 99")
    }

    /// Begins a record, or goes on with the open one where it is a continuation; gives the record that is over.
    private mutating func begin(_ code: BAI2Code, at position: Position) throws(FileRefused) -> BAI2Record? {
        number += 1
        guard code != .continuation else {
            guard open != nil else {
                throw FileRefused(
                    .recordOutOfOrder, at: position, "found record 88 first; expected a record that it continues")
            }
            open?.pieces.append([])
            return nil
        }
        let last = open
        var place = position
        place.record = number
        open = BAI2Record(code: code, position: place)
        length = 0
        return last
    }

    /// A line without record code is text of the detail before it, cut by a stray line end, or nothing at all.
    private mutating func goOn(
        with line: ArraySlice<UInt8>, at position: Position
    ) throws(FileRefused) -> ArraySlice<UInt8> {
        guard open?.isOpenText() == true else {
            throw FileRefused(
                .recordMalformed, at: position,
                "found \"\(quotable(String(decoding: line.prefix(40), as: UTF8.self)))\"; "
                    + "expected a record code and a comma")
        }
        faults.append(
            Fault(
                .recordMalformed, .fault, at: position, field: "text",
                "found a line without record code behind the text of a record 16; read as more of its text"))
        let end = try end(of: line, at: position)
        try add([0x20] + line[..<end], at: position)
        return line[end...].drop(while: BAI2Byte.isBlank)
    }

    private mutating func add(_ bytes: ArraySlice<UInt8>, at position: Position) throws(FileRefused) {
        length += bytes.count + 1
        guard length <= BAI2Lines.most, let last = open?.pieces.indices.last else {
            throw FileRefused(
                .fieldTooLong, at: position,
                "the record with its continuations is longer than \(BAI2Lines.most) bytes")
        }
        open?.pieces[last] += bytes
    }

    /// The standard knows ASCII only. Text in another encoding spoils a name, never an amount.
    private mutating func checkEncoding(_ line: [UInt8], at position: Position) {
        guard line.contains(where: { $0 >= 0x80 }), String(validating: line, as: UTF8.self) == nil else { return }
        faults.append(
            Fault(
                .encodingInvalid, .fault, at: position,
                "found bytes that are not UTF-8; each is read as the replacement character"))
    }

    private mutating func tellSeveral(_ position: Position) {
        guard !toldSeveral else { return }
        toldSeveral = true
        faults.append(
            Fault(
                .recordMalformed, .note, at: position,
                "found several records on one line; expected each on its own (told once)"))
    }
}

// Where a record ends within its line.
extension BAI2Records {
    /// The place behind the record that begins here.
    private func end(of body: ArraySlice<UInt8>, at position: Position) throws(FileRefused) -> Int {
        if open?.code == .detail { return endOfText(body) }
        guard let slash = body.firstIndex(of: BAI2Byte.slash) else { return body.endIndex }
        let rest = body[(slash + 1)...].drop(while: BAI2Byte.isBlank)
        let next = try code(of: rest, at: position)
        guard rest.isEmpty || next != nil else {
            throw FileRefused(
                .recordMalformed, at: position,
                "found \"\(quotable(String(decoding: rest.prefix(40), as: UTF8.self)))\" behind the slash "
                    + "that ends a record; expected a line end or another record")
        }
        return slash + 1
    }

    private func endOfText(_ body: ArraySlice<UInt8>) -> Int {
        for slash in body.indices where body[slash] == BAI2Byte.slash {
            let behind = body[(slash + 1)...]
            let rest = behind.drop(while: BAI2Byte.isBlank)
            if rest.startIndex > behind.startIndex, looksLikeRecord(rest) { return slash + 1 }
        }
        return body.endIndex
    }

    /// Whether text behind a slash and a blank has the shape of a record that may follow a detail.
    private func looksLikeRecord(_ text: ArraySlice<UInt8>) -> Bool {
        let fields = text.prefix(64).split(
            separator: BAI2Byte.comma, maxSplits: 3, omittingEmptySubsequences: false)
        guard fields.count >= 3 else { return false }
        switch String(decoding: fields[0], as: UTF8.self) {
        case "16": return fields[1].count == 3 && fields[1].allSatisfy(BAI2Byte.isDigit)
        case "03": return !fields[1].isEmpty && !fields[1].contains { BAI2Byte.isBlank($0) || $0 == BAI2Byte.slash }
        case "49":
            let total = fields[1].drop { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }
            return !total.isEmpty && total.allSatisfy(BAI2Byte.isDigit) && fields[2].first.map(BAI2Byte.isDigit) == true
        default: return false
        }
    }
}
