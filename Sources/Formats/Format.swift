package import Model

/// Bytes in, events out: the one way Sluice reads a bank file.
///
/// A reader is pushed the file's bytes in pieces of any size and gives what they tell; how the bytes
/// are cut never changes the events. It keeps no more than the record it is in. It opens no file.
package protocol FormatReader {
    /// Says, before the first byte, what is wanted. A reader that has no shorter way to the totals tells items.
    mutating func want(_ wanted: Wanted)
    /// Takes the next bytes and appends the events that they complete.
    mutating func feed(_ bytes: Span<UInt8>, into events: inout [ReadEvent]) throws(FileRefused)
    /// Ends the file: appends what is left, or refuses a file that is cut short.
    mutating func finish(into events: inout [ReadEvent]) throws(FileRefused)
}

extension FormatReader {
    package mutating func want(_ wanted: Wanted) {}
}

/// What is wanted of a reader.
package enum Wanted: Sendable {
    /// All that the file says.
    case items
    /// What balances the file: its units, amounts, days and faults. All of it is checked as in a look for items; the
    /// texts of items are not made, and each comes as its figures.
    case totals
}

/// A format is a value: a name, a sentence, and a way to recognise a file from its first bytes.
package struct Format: Sendable {
    /// The format's name in `sluice formats`, `lockbox-csv (default)` or `ISO 20022 camt.054`.
    package let name: String
    /// One line on what it reads, for people.
    package let summary: String
    /// What its items may be, in the order of the kinds.
    package let becomes: [ItemKind]
    /// Claims a file by its first bytes (at most `headSize`), or nil.
    package let recognise: @Sendable (_ head: [UInt8]) -> Claim?

    /// How many bytes of a file recognition may look at.
    package static let headSize = 16_384

    package init(
        name: String, summary: String, becomes: Set<ItemKind>, recognise: @escaping @Sendable ([UInt8]) -> Claim?
    ) {
        self.name = name
        self.summary = summary
        self.becomes = ItemKind.allCases.filter(becomes.contains)
        self.recognise = recognise
    }
}

/// A format's claim on one file, with the means to read it.
package struct Claim: Sendable {
    /// The format as the contract names it: `lockbox-csv`, `camt.054`, …
    package let format: String
    /// The version of the format, where it has one: `001.08`.
    package let version: String?
    /// The name of the layout that reads it, where it is read by layout.
    package let layout: String?
    package let makeReader: @Sendable () -> any FormatReader

    package init(
        format: String, version: String? = nil, layout: String? = nil,
        makeReader: @escaping @Sendable () -> any FormatReader
    ) {
        self.format = format
        self.version = version
        self.layout = layout
        self.makeReader = makeReader
    }
}

/// Finds the one format that claims a file.
///
/// - Throws: `format-unknown` where none does, `format-ambiguous` (naming all) where several do,
///   `file-empty` where there are no bytes.
package func recognise(_ head: [UInt8], among formats: [Format]) throws(FileRefused) -> Claim {
    guard !head.isEmpty else { throw FileRefused(.fileEmpty, "the file has no bytes; expected a bank file") }
    let claims = formats.compactMap { format in format.recognise(head).map { (format.name, $0) } }
    guard let first = claims.first else {
        throw FileRefused(.formatUnknown, "none of the \(formats.count) known formats and layouts recognises the file")
    }
    guard claims.count == 1 else {
        let names = claims.map(\.0).joined(separator: "; ")
        throw FileRefused(.formatAmbiguous, "the file is claimed by \(claims.count) formats: \(names)")
    }
    return first.1
}
