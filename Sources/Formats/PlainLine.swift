/// A line of printable ASCII that stands whole in its piece and ends in LF or CRLF, as nearly all lines of banks do.
struct PlainLine {
    /// Where it stands, without its end.
    let range: Range<Int>
    /// Where the line behind it begins.
    let next: Int

    /// The line that begins there; nil of every other, and of one that is empty or longer than `most`.
    @inline(__always) init?(_ bytes: UnsafeRawBufferPointer, at start: Int, most: Int) {
        guard let base = bytes.baseAddress, start >= 0, most >= 0 else { return nil }
        var place = start
        while place &- start <= most, place &+ 8 <= bytes.count {
            let marks = EightBytes(base, at: place).unprintable
            guard marks != 0 else {
                place &+= 8
                continue
            }
            let end = place &+ EightBytes.place(marks)
            let isPair = bytes[end] == 0x0D && end &+ 1 < bytes.count && bytes[end &+ 1] == 0x0A
            guard isPair || bytes[end] == 0x0A, end > start, end &- start <= most else { return nil }
            range = start..<end
            next = end &+ (isPair ? 2 : 1)
            return
        }
        return nil
    }
}
