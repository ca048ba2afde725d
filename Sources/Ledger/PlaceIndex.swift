/// Places of accounts by a text that several share, found by the text's hash: who asks compares the texts themselves.
struct PlaceIndex {
    /// Half of the hash above, the place below: those of one text lie together, in their order.
    private let keys: [UInt64]

    /// Indexes some places, each with the hash of its text.
    init(_ places: Range<Int>, hash: (Int) -> UInt64) {
        keys = places.map { (hash($0) >> 32) << 32 | UInt64($0) }.sorted()
    }

    /// The places whose text has half of this hash, in their order.
    func places(of hash: UInt64) -> some RandomAccessCollection<Int> {
        let half = hash >> 32
        let low = partition { $0 >> 32 >= half }
        let high = partition { $0 >> 32 > half }
        return keys[low..<high].lazy.map { Int(truncatingIfNeeded: $0 & 0xffff_ffff) }
    }

    private func partition(where holds: (UInt64) -> Bool) -> Int {
        var (low, high) = (0, keys.count)
        while low < high {
            let middle = (low + high) / 2
            if holds(keys[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
