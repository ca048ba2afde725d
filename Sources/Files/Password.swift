internal import CCrypto

/// A password as it is kept: `scrypt$N$r$p$salt$key` (RFC 7914), the last two in hexadecimal digits.
package enum Password {
    /// 32 MB and some tenths of a second for one guess.
    private static let cost = (n: UInt64(1) << 15, r: UInt64(8), p: UInt64(1))

    /// Derives what is kept of a new password, with a salt of its own.
    package static func kept(_ password: String) -> String {
        let salt = randomBytes(16)
        guard let key = derive(password, salt, cost) else { fatalError("out of memory") }
        return "scrypt$\(cost.n)$\(cost.r)$\(cost.p)$\(hexadecimal(salt))$\(hexadecimal(key))"
    }

    /// Whether a password is the one that is kept. A user who has none, or is none, takes as long.
    package static func isRight(_ password: String, _ kept: String?) -> Bool {
        let parts = (kept ?? nobody).split(separator: "$").map(String.init)
        guard parts.count == 6, parts[0] == "scrypt", let n = UInt64(parts[1]), let r = UInt64(parts[2]),
            let p = UInt64(parts[3]), n <= 1 << 20, r <= 32, p <= 16, let salt = bytes(parts[4]),
            let wanted = bytes(parts[5]), let key = derive(password, salt, (n, r, p)), key.count == wanted.count
        else { return false }
        return ccrypto_equal(key, wanted, key.count) == 1 && kept != nil
    }

    private static let nobody =
        "scrypt$32768$8$1$" + String(repeating: "00", count: 16) + "$" + String(repeating: "00", count: 32)

    private static func derive(_ password: String, _ salt: [UInt8], _ cost: (n: UInt64, r: UInt64, p: UInt64))
        -> [UInt8]?
    {
        var password = password
        var key = [UInt8](repeating: 0, count: 32)
        let done = password.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) {
                ccrypto_scrypt($0.baseAddress, $0.count, salt, salt.count, cost.n, cost.r, cost.p, &key, key.count)
            }
        }
        return done == 1 ? key : nil
    }

    private static func bytes(_ digits: String) -> [UInt8]? {
        let digits = Array(digits.utf8)
        guard digits.count.isMultiple(of: 2) else { return nil }
        return stride(from: 0, to: digits.count, by: 2).reduce([UInt8]?([])) { bytes, place in
            UInt8(String(decoding: digits[place..<place + 2], as: UTF8.self), radix: 16).flatMap { byte in
                bytes.map { $0 + [byte] }
            }
        }
    }
}

/// Whether two texts are equal, in a time that does not tell where they differ.
package func isEqualInConstantTime(_ one: String, _ other: String) -> Bool {
    let (one, other) = (Array(one.utf8), Array(other.utf8))
    return one.count == other.count && ccrypto_equal(one, other, one.count) == 1
}
