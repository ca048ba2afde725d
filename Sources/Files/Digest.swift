internal import CCrypto

/// A running SHA-256 (FIPS 180-4) over bytes as they pass.
package struct SHA256Digest: ~Copyable {
    private let hash: OpaquePointer

    package init() {
        guard let hash = ccrypto_sha256_new() else { fatalError("out of memory") }
        self.hash = hash
    }

    deinit { ccrypto_sha256_free(hash) }

    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
        if let base = bytes.baseAddress { ccrypto_sha256_update(hash, base, bytes.count) }
    }

    package mutating func update(_ text: String) {
        var text = text
        text.withUTF8 { update(UnsafeRawBufferPointer($0)) }
    }

    /// The digest of all bytes so far in 64 hexadecimal digits; the next byte begins a new one.
    package mutating func finish() -> String {
        var digest = [UInt8](repeating: 0, count: 32)
        ccrypto_sha256_finish(hash, &digest)
        return hexadecimal(digest)
    }

    /// The digest of some bytes in 64 hexadecimal digits.
    package static func of(_ bytes: [UInt8]) -> String {
        var digest = SHA256Digest()
        bytes.withUnsafeBytes { digest.update($0) }
        return digest.finish()
    }
}

/// A keyed hash (HMAC-SHA-256, RFC 2104) by which a bank account is recognised and never read back.
package final class KeyedHash {
    private let hmac: OpaquePointer

    /// A hash under the office's secret key.
    package init(key: [UInt8]) {
        guard let hmac = ccrypto_hmac_new(key, key.count) else { fatalError("out of memory") }
        self.hmac = hmac
    }

    deinit { ccrypto_hmac_free(hmac) }

    /// The first 63 bits of the message's hash, as the ledger keeps them.
    package func callAsFunction(_ message: String) -> Int64 {
        var mac = [UInt8](repeating: 0, count: 32)
        var message = message
        message.withUTF8 { ccrypto_hmac_sign(hmac, $0.baseAddress, $0.count, &mac) }
        return mac[0..<8].reduce(Int64(0)) { $0 << 8 | Int64($1) } & Int64.max
    }
}

/// So many bytes from the system's random generator, for secrets only.
package func randomBytes(_ count: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    guard ccrypto_random(&bytes, count) == 1 else { fatalError("the system gives no random bytes") }
    return bytes
}

/// Bytes as lower-case hexadecimal digits.
package func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for byte in bytes { text += [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
    return String(decoding: text, as: UTF8.self)
}
