import Files
import Model
import Testing

@testable import Records

/// Writes ZIP archives byte by byte (APPNOTE 6.3), also such as no tool would write.
struct ZipWriter {
    struct Entry {
        var name: [UInt8]
        var data: [UInt8]
        /// The size the directory states; that of the data where nil.
        var stated: UInt32?
        var flags: UInt16 = 0
        /// Where the directory says the member begins; where it does where nil.
        var offset: UInt32?
        /// How many bytes the member holds where several share one.
        var packed: UInt32?

        init(
            _ name: String, _ data: [UInt8] = Array("data".utf8), stated: UInt32? = nil, flags: UInt16 = 0,
            offset: UInt32? = nil, packed: UInt32? = nil
        ) {
            self.name = Array(name.utf8)
            self.data = data
            self.stated = stated
            self.flags = flags
            self.offset = offset
            self.packed = packed
        }
    }

    static func archive(_ entries: [Entry]) -> [UInt8] {
        var bytes: [UInt8] = []
        var directory: [UInt8] = []
        for entry in entries {
            let offset = entry.offset ?? UInt32(bytes.count)
            let packed = entry.packed ?? UInt32(entry.data.count)
            let common =
                little(entry.flags) + little(UInt16(0)) + little(UInt32(0)) + little(crc(entry.data)) + little(packed)
                + little(entry.stated ?? packed) + little(UInt16(entry.name.count)) + little(UInt16(0))
            if entry.offset == nil {
                bytes += [0x50, 0x4B, 3, 4] + little(UInt16(20)) + common + entry.name + entry.data
            }
            directory += [0x50, 0x4B, 1, 2] + little(UInt16(20)) + little(UInt16(20)) + common
            directory += little(UInt16(0)) + little(UInt16(0)) + little(UInt16(0)) + little(UInt32(0))
            directory += little(offset) + entry.name
        }
        let count = little(UInt16(entries.count))
        return bytes + directory + [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + count + count + little(UInt32(directory.count))
            + little(UInt32(bytes.count)) + [0, 0]
    }

    private static func little<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
        (0..<Number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> Number($0 * 8)) }
    }

    /// CRC-32 of ISO 3309.
    private static func crc(_ bytes: [UInt8]) -> UInt32 {
        var crc = UInt32.max
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
        }
        return ~crc
    }
}

struct ZipArchiveTests {
    private func refusal(_ entries: [ZipWriter.Entry], limits: DeliveryLimits = DeliveryLimits()) throws -> Fault? {
        let scratch = try Scratch()
        do {
            _ = try ImageSet(path: scratch.put("a.zip", ZipWriter.archive(entries)), limits: limits)
            return nil
        } catch let refused as FileRefused { return refused.fault }
    }

    @Test(arguments: [
        "../1.tif", "a/../../1.tif", "/etc/1.tif", "C:/1.tif", "a\\1.tif", "a//1.tif", "./1.tif", "..", "inner.zip",
        "INNER.ZIP", "1\n.tif", "1\u{1B}[2J.tif", "", "../",
    ])
    func `a member never leaves its folder nor hides another archive`(name: String) throws {
        let fault = try refusal([ZipWriter.Entry("0.tif"), ZipWriter.Entry(name)])
        #expect(fault?.reason == .archiveUnsafe)
    }

    @Test(arguments: [("1.tif", "1.tif"), ("1.tif", "1.TIF"), ("é.tif", "e\u{301}.tif")])
    func `two members never share a name`(first: String, second: String) throws {
        let fault = try refusal([ZipWriter.Entry(first, flags: 0x800), ZipWriter.Entry(second, flags: 0x800)])
        #expect(fault?.reason == .archiveUnsafe)
        #expect(fault?.message.contains("twice") == true)
    }

    @Test func `a NUL never cuts a name`() throws {
        let scratch = try Scratch()
        let path = try scratch.put("a.zip", ZipWriter.archive([ZipWriter.Entry("1.tif\0.exe")]))
        let names = try? ImageSource(path: path)?.names
        #expect(names != ["1.tif"])
    }

    @Test func `an encrypted member is never taken`() throws {
        let fault = try refusal([ZipWriter.Entry("1.tif", flags: 1)])
        #expect(fault?.message == "member \"1.tif\" is encrypted")
    }

    @Test func `a bomb is refused before a byte of it is unpacked`() throws {
        #expect(try refusal([ZipWriter.Entry("1.tif", stated: 4 * 201)])?.message.contains("200 times") == true)
        #expect(try refusal([ZipWriter.Entry("1.tif", stated: 257 << 20)])?.reason == .archiveUnsafe)
    }

    @Test func `members that share bytes are refused`() throws {
        let kernel = [UInt8](repeating: 7, count: 4096)
        let entries =
            [ZipWriter.Entry("1.tif", kernel)] + (2...9).map { ZipWriter.Entry("\($0).tif", kernel, offset: 0) }
        #expect(try refusal(entries)?.message == "the archive's members overlap")
    }

    @Test func `no limit is passed by one`() throws {
        var limits = DeliveryLimits()
        limits.members = 2
        limits.totalBytes = 12
        limits.memberBytes = 8
        func entries(_ sizes: [Int]) -> [ZipWriter.Entry] {
            sizes.enumerated().map { ZipWriter.Entry("\($0).tif", [UInt8](repeating: 1, count: $1)) }
        }
        #expect(try refusal(entries([8, 4]), limits: limits) == nil)
        #expect(try refusal(entries([9]), limits: limits)?.message.contains("9 bytes") == true)
        #expect(try refusal(entries([8, 5]), limits: limits)?.message.contains("together") == true)
        #expect(try refusal(entries([1, 1, 1]), limits: limits)?.message.contains("more than 2") == true)
    }

    @Test func `a member that gives other bytes than its directory states is refused`() throws {
        #expect(try refusal([ZipWriter.Entry("1.tif", stated: 5)])?.reason == .archiveUnsafe)
        #expect(try refusal([ZipWriter.Entry("1.tif", stated: 3)])?.reason == .archiveUnsafe)
        var bytes = ZipWriter.archive([ZipWriter.Entry("1.tif")])
        bytes[30 + 5] ^= 1  // the first byte of its data
        let scratch = try Scratch()
        let path = try scratch.put("a.zip", bytes)
        #expect(throws: FileRefused.self) { try ImageSet(path: path) }
    }

    @Test func `an archive cut anywhere is refused or no archive, never half taken`() throws {
        let whole = ZipWriter.archive([ZipWriter.Entry("1.tif"), ZipWriter.Entry("2.tif")])
        let scratch = try Scratch()
        for count in 4..<whole.count {
            let path = try scratch.put("a.zip", Array(whole[..<count]))
            #expect(throws: FileRefused.self, "cut at \(count)") { try ImageSet(path: path) }
        }
    }

    @Test func `a folder in an archive is no member`() throws {
        let scratch = try Scratch()
        let entries = [ZipWriter.Entry("a/", []), ZipWriter.Entry("a/2.tif"), ZipWriter.Entry("1.tif")]
        let images = try ImageSet(path: scratch.put("a.zip", ZipWriter.archive(entries)))
        #expect(images?.members.map(\.name) == ["1.tif", "a/2.tif"])
        #expect(images?.members.allSatisfy { $0.bytes == 4 && $0.fault != nil } == true)
    }

    @Test func `a bank file in an archive never passes for images`() throws {
        #expect(try refusal([ZipWriter.Entry("lockbox.csv")])?.reason == .formatUnknown)
        #expect(try refusal([])?.reason == .formatUnknown)
    }
}

struct ImageSetTests {
    @Test func `a file that is neither folder nor archive is not taken for images`() throws {
        let scratch = try Scratch()
        #expect(try ImageSet(path: scratch.put("a.csv", Array("record,lockbox\r\n".utf8))) == nil)
        #expect(try ImageSet(path: scratch.put("b.csv", [])) == nil)
    }

    @Test func `a link or a folder among images is refused`() throws {
        let scratch = try Scratch()
        try scratch.put("day/1.tif", [1])
        try scratch.put("day/inner/2.tif", [1])
        #expect(throws: FileRefused.self) { try ImageSet(path: scratch.path + "/day") }
    }

    @Test func `the digest of a delivery does not depend on the order of its members`() throws {
        let scratch = try Scratch()
        try scratch.put("day/b.tif", [2])
        try scratch.put("day/A.tif", [1])
        let (one, two) = (SHA256Digest.of([1]), SHA256Digest.of([2]))
        let wanted = SHA256Digest.of(Array("A.tif\0\(one)\nb.tif\0\(two)\n".utf8))
        #expect(ImageSet.digest(of: [("b.tif", two), ("A.tif", one)]) == wanted)
        #expect(try ImageSet.digest(ofFolder: scratch.path + "/day") == wanted)
        #expect(try ImageSet(path: scratch.path + "/day")?.members.map(\.name) == ["A.tif", "b.tif"])
    }
}
