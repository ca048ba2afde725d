package import Model

extension Layout {
    /// Cuts a scan line that was kept whole into account and amount due, as the reader of the file did; nil where it
    /// is cut nowhere.
    package func cut(scanline: String) -> (account: String, due: Cents?)? {
        guard let cut = plan.scanline else { return nil }
        let bytes = Array(scanline.utf8)
        guard bytes.count == cut.length else { return nil }
        let account = bytes[cut.account]
        guard account.allSatisfy({ $0 &- 48 < 10 || $0 == UInt8(ascii: "?") }) else { return nil }
        return (String(decoding: account, as: UTF8.self), cut.due.flatMap { cents(bytes[$0]) })
    }

    private func cents(_ digits: ArraySlice<UInt8>) -> Cents? {
        guard (1...18).contains(digits.count), digits.allSatisfy({ $0 &- 48 < 10 }) else { return nil }
        return Cents(digits.reduce(Int64(0)) { $0 * 10 + Int64($1 &- 48) })
    }
}
