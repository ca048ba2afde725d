internal import CLinux

/// Many short texts one behind the other, each with its length before it: without the 16 bytes and the allocation
/// that a string needs.
struct PackedTexts {
    /// Where a run of texts begins: its page, and its place there.
    typealias Place = UInt32

    private static let pageBits = 20
    /// Pages of 1 MB, which never move: one array of all would be copied each time it grows.
    private var pages: [[UInt8]] = []

    /// Adds the texts of some columns of a row as one run.
    mutating func append(_ row: Row, columns: Range<Int32>) -> Place {
        let size = columns.reduce(0) { $0 + row.byteCount($1) + 5 }
        if pages.isEmpty || pages[pages.count - 1].count + size > 1 << Self.pageBits {
            var page: [UInt8] = []
            page.reserveCapacity(max(size, 1 << Self.pageBits))
            pages.append(page)
        }
        let last = pages.count - 1
        let place = last << Self.pageBits + pages[last].count
        for column in columns {
            appendCount(row.byteCount(column))
            row.withBytes(column) { pages[last].append(contentsOf: $0) }
        }
        return Place(place)
    }

    /// A count in groups of seven bits, the lowest first.
    private mutating func appendCount(_ count: Int) {
        var rest = count
        while rest > 0x7f {
            pages[pages.count - 1].append(UInt8(rest & 0x7f | 0x80))
            rest >>= 7
        }
        pages[pages.count - 1].append(UInt8(rest))
    }

    /// Whether the first text of a run is this one.
    func begins(_ place: Place, with text: String) -> Bool {
        var text = text
        return text.withUTF8 { begins(place, with: $0) }
    }

    /// Whether the first text of a run is that of a column.
    func begins(_ place: Place, with row: Row, column: Int32) -> Bool {
        row.withBytes(column) { begins(place, with: $0) }
    }

    /// Whether the first text of a run has these bytes.
    func begins(_ place: Place, with bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        self.bytes(place, at: 0) { $0.elementsEqual(bytes) }
    }

    /// Looks at a text of a run, counted from 0.
    func bytes<Result>(_ place: Place, at text: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        var reader = reader(at: place)
        for _ in 0..<text { reader.skip() }
        return reader.nextBytes(body)
    }

    /// Has a run of texts fetched that is read soon.
    func fetch(_ place: Place) {
        pages[Int(place >> Self.pageBits)].withUnsafeBufferPointer { page in
            let start = page.baseAddress! + (Int(place) & (1 << Self.pageBits - 1))
            clinux_fetch(start)
            clinux_fetch(start + 64)
        }
    }

    /// Reads the texts of a run, one after the other.
    func reader(at place: Place) -> Reader {
        Reader(page: pages[Int(place >> Self.pageBits)], place: Int(place) & (1 << Self.pageBits - 1))
    }

    struct Reader {
        fileprivate let page: [UInt8]
        fileprivate var place: Int

        /// The next text.
        mutating func next() -> String { nextBytes { String(decoding: $0, as: UTF8.self) } }

        /// Passes over the next text.
        mutating func skip() { nextBytes { _ in } }

        fileprivate mutating func nextBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
            var (count, shift) = (0, 0)
            repeat {
                count |= Int(page[place] & 0x7f) << shift
                shift += 7
                place += 1
            } while page[place - 1] > 0x7f
            defer { place += count }
            return page.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[place..<place + count])) }
        }
    }
}
