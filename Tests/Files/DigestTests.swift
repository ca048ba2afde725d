import Files
import Testing

/// Digests by their standards' own vectors.
struct DigestTests {
    static let vectors = [
        // FIPS 180-4, examples of SHA-256 (CSRC).
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ]

    @Test(arguments: vectors) func `never digests to anything but the standard's value`(text: String, expected: String)
    {
        #expect(SHA256Digest.of(Array(text.utf8)) == expected)
        var pieces = SHA256Digest()
        for scalar in text.unicodeScalars { pieces.update(String(scalar)) }
        #expect(pieces.finish() == expected)
        pieces.update("abc")
        #expect(pieces.finish() == Self.vectors[0].1, "the next byte begins a new digest")
    }

    @Test func `never tells a file's digest apart from its bytes'`() throws {
        let folder = try TemporaryFolder()
        let text = String(repeating: "0123456789", count: 300_000)
        try folder.write("a", text)
        let digest = try FileBytes.digest(folder / "a")
        #expect(digest.sha256 == SHA256Digest.of(Array(text.utf8)))
        #expect(digest.bytes == 3_000_000)
        let copied = try FileBytes.copy(try OpenFile(reading: folder / "a"), to: folder / "b")
        #expect(copied.sha256 == digest.sha256 && copied.bytes == digest.bytes)
        #expect(try FileBytes.digest(folder / "b").sha256 == digest.sha256)
    }

    @Test func `never hashes under a key as another key does`() {
        // RFC 4231, test case 2: HMAC-SHA-256 begins 5bdcc146bf60754e; the first bit is dropped.
        #expect(KeyedHash(key: Array("Jefe".utf8))("what do ya want for nothing?") == 0x5bdc_c146_bf60_754e)
        let keys = (0..<50).map { [UInt8](repeating: UInt8($0), count: 32) }
        #expect(Set(keys.map { KeyedHash(key: $0)("121042882 88000001") }).count == 50)
        let hash = KeyedHash(key: keys[0])
        let messages = (0..<1000).map { "121042882 \($0)" }
        #expect(Set(messages.map { hash($0) }).count == 1000)
        #expect(messages.map { hash($0) } == messages.map { hash($0) }, "the same for ever")
        #expect(messages.allSatisfy { hash($0) >= 0 })
    }

    @Test func `never gives the same random bytes twice`() {
        #expect(Set((0..<100).map { _ in randomBytes(16) }).count == 100)
        #expect(randomBytes(0) == [])
    }

    @Test func `never writes a byte in anything but two digits`() {
        #expect(hexadecimal([0, 1, 15, 16, 255]) == "00010f10ff")
    }
}
