package import Files
package import Formats
package import Model

/// Reading one file by the one format that claims it, in pieces: memory does not grow with the file.
package struct Reading {
    private static let pieceSize = 256 << 10
    private let formats: [Format]
    /// The layout that reads the file whatever others claim; nil to let the file tell.
    private let layout: String?

    /// Reads with these formats; `layout` names one where the file alone does not tell.
    package init(formats: [Format], layout: String? = nil) {
        self.formats = formats
        self.layout = layout
    }

    /// Reads a whole file and hands over its events in order, one by one.
    ///
    /// - Throws: `FileRefused`; what was handed over before must then be undone or ignored.
    package func read(
        _ file: borrowing OpenFile, claimed: (Claim) -> Void = { _ in }, _ take: (ReadEvent) throws -> Void
    ) throws {
        try read(file, wanted: .items, claimed: claimed) { events in
            for index in events.indices { try take(events[index]) }
        }
    }

    /// Reads a whole file and hands over its events in order, those of a piece together.
    ///
    /// - Parameter wanted: `totals` where items may come as their figures.
    /// - Throws: `FileRefused`; what was handed over before must then be undone or ignored.
    func read(
        _ file: borrowing OpenFile, wanted: Wanted, claimed: (Claim) -> Void,
        _ take: (Span<ReadEvent>) throws -> Void
    ) throws {
        var head: [UInt8] = []
        var reader: (any FormatReader)?
        var events: [ReadEvent] = []
        func start() throws {
            let claim = try choose(head)
            claimed(claim)
            reader = claim.makeReader()
            reader?.want(wanted)
            try feed(&reader!, head.span, &events, take)
            head = []
        }
        try file.pieces(of: Self.pieceSize) { piece in
            if reader != nil {
                return try feed(&reader!, piece.assumingMemoryBound(to: UInt8.self).span, &events, take)
            }
            head += piece
            if head.count >= Format.headSize { try start() }
        }
        if reader == nil { try start() }
        try finish(&reader!, &events, take)
    }

    private func choose(_ head: [UInt8]) throws -> Claim {
        let start = Array(head.prefix(Format.headSize))
        guard let layout else { return try recognise(start, among: formats) }
        guard let format = formats.first(where: { $0.name == layout || $0.name.hasSuffix("(\(layout))") }) else {
            let names = formats.map(\.name).joined(separator: ", ")
            throw FileRefused(.layoutInvalid, "there is no layout \"\(layout)\"; there are \(names)")
        }
        return try recognise(start, among: [format])
    }

    private func feed(
        _ reader: inout any FormatReader, _ bytes: Span<UInt8>, _ events: inout [ReadEvent],
        _ take: (Span<ReadEvent>) throws -> Void
    ) throws {
        do throws(FileRefused) {
            try reader.feed(bytes, into: &events)
        } catch {
            try drain(&events, take)
            throw error
        }
        try drain(&events, take)
    }

    private func finish(
        _ reader: inout any FormatReader, _ events: inout [ReadEvent], _ take: (Span<ReadEvent>) throws -> Void
    ) throws {
        do throws(FileRefused) {
            try reader.finish(into: &events)
        } catch {
            try drain(&events, take)
            throw error
        }
        try drain(&events, take)
    }

    private func drain(_ events: inout [ReadEvent], _ take: (Span<ReadEvent>) throws -> Void) throws {
        try take(events.span)
        events.removeAll(keepingCapacity: true)
    }
}

/// What the first look at a file found: its format, its sums and its faults. Nothing is posted by it.
package struct Survey: Sendable {
    package var claim: Claim?
    package var tally = Tally()

    /// Surveys a file.
    ///
    /// - Parameters:
    ///   - progress: Told now and then how many items were read.
    ///   - each: Sees every event as it is read; where nobody does, no items are made, only their figures.
    package init(
        _ file: borrowing OpenFile, by reading: Reading, progress: (Int) -> Void = { _ in },
        each: ((ReadEvent) throws -> Void)? = nil
    ) throws {
        var claim: Claim?
        var tally = Tally()
        do {
            try reading.read(file, wanted: each == nil ? .totals : .items, claimed: { claim = $0 }) { events in
                tally.take(events)
                if let each { for index in events.indices { try each(events[index]) } }
                progress(tally.items)
            }
            tally.balance()
        } catch let refused as FileRefused {
            tally.refuse(refused)
        }
        self.claim = claim
        self.tally = tally
    }
}
