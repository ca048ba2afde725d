internal import Formats
internal import Model

/// What a reader gave for one input.
struct Reading: Equatable {
    private(set) var events: [ReadEvent] = []
    private(set) var refused: FileRefused?

    /// Reads the input in pieces of the sizes that `cuts` gives.
    init(_ input: Span<UInt8>, _ reader: consuming any FormatReader, cuts: inout Cuts) {
        do throws(FileRefused) {
            var from = 0
            while from < input.count {
                let to = min(input.count, from + cuts.next(of: input.count - from))
                try reader.feed(input.extracting(from..<to), into: &events)
                from = to
            }
            try reader.finish(into: &events)
        } catch {
            refused = error
        }
    }

    /// The first rule of every reader that the reading breaks; nil where it keeps them all.
    func broken(_ size: Int) -> String? {
        // Each byte may end a record, and a record may have several faults; what grows faster grows without bound.
        if events.count > 16 * size + 1024 { return "\(events.count) events of \(size) bytes" }
        var isInDeposit = false
        var isInBatch = false
        for event in events {
            let isInPlace: Bool
            switch event {
            case .depositBegins: (isInPlace, isInDeposit) = (!isInDeposit && !isInBatch, true)
            case .batchBegins: (isInPlace, isInBatch) = (isInDeposit && !isInBatch, true)
            case .item(let item):
                isInPlace = isInBatch
                if let amount = item.amount, amount < .zero { return "an amount below zero: \(item)" }
            case .figures: isInPlace = isInBatch
            case .batchEnds: (isInPlace, isInBatch) = (isInBatch, false)
            case .depositEnds: (isInPlace, isInDeposit) = (isInDeposit && !isInBatch, false)
            case .fileEnds: isInPlace = !isInDeposit && !isInBatch
            case .fault: isInPlace = true
            }
            if !isInPlace { return "out of place: \(event)" }
        }
        return nil
    }

    /// The same with the figures of items in their place, as a look for totals gives it.
    var totals: Reading {
        var reading = self
        reading.events = events.map { event in
            switch event {
            case .item(let item): return .figures(item.figures)
            case .batchBegins(var batch):
                batch.reference = ""
                return .batchBegins(batch)
            default: return event
            }
        }
        return reading
    }

    /// The first difference of two readings, for a person.
    static func difference(_ one: Reading, _ other: Reading) -> String {
        for place in 0..<max(one.events.count, other.events.count) {
            let left = place < one.events.count ? "\(one.events[place])" : "nothing"
            let right = place < other.events.count ? "\(other.events[place])" : "nothing"
            if left != right {
                return "event \(place) is\n  \(left)\nread whole, and\n  \(right)\nread in pieces or for totals"
            }
        }
        return "the refusal is\n  \(String(describing: one.refused))\nread whole, and\n"
            + "  \(String(describing: other.refused))\nread in pieces"
    }
}

/// Sizes of pieces, drawn from the input's own bytes: the same input is always cut alike.
struct Cuts {
    private var state: UInt64
    private let largest: UInt64

    /// One piece.
    static let whole = Cuts(state: 0, largest: 0)

    init(of input: Span<UInt8>) {
        state = 0xCBF2_9CE4_8422_2325
        for index in input.indices { state = (state ^ UInt64(input[index])) &* 0x0000_0100_0000_01B3 }
        let sizes: [UInt64] = [1, 2, 3, 8, 24, 64, 128, 512]
        largest = sizes[Int(state >> 40 & 7)]
    }

    private init(state: UInt64, largest: UInt64) {
        self.state = state
        self.largest = largest
    }

    /// The next piece's size; now and then zero, for an empty piece.
    mutating func next(of left: Int) -> Int {
        if largest == 0 { return left }
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let drawn = state >> 33
        return drawn & 63 == 0 ? 0 : Int(1 + (drawn >> 6) % largest)
    }
}
