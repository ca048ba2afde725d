import Model
import Testing

@testable import Formats

/// What a file's bytes are taken for, however they are cut.
struct EncodingTests {
    private func layout(_ encoding: String) throws -> Layout {
        try StatementTests.layout("amount: sum, payer: who", more: "encoding: \(encoding)")
    }

    private static func utf16(_ text: String, big: Bool, mark: Bool = true) -> [UInt8] {
        ((mark ? "\u{FEFF}" : "") + text).utf16.flatMap {
            big ? [UInt8($0 >> 8), UInt8($0 & 255)] : [UInt8($0 & 255), UInt8($0 >> 8)]
        }
    }

    private static let text = "day;sum;who\n2026-03-02;5.00;Jörg € 𝄞\n"
    private static let windows = Array("day;sum;who\n2026-03-02;5.00;".utf8)

    /// Encoding, bytes, the payer, or nil where the file is refused; whether it is noted.
    static let files: [(String, [UInt8], String?, Bool)] = [
        ("sniff", Array(text.utf8), "Jörg € 𝄞", false), ("sniff", Array(("\u{FEFF}" + text).utf8), "Jörg € 𝄞", false),
        ("sniff", utf16(text, big: true), "Jörg € 𝄞", true), ("sniff", utf16(text, big: false), "Jörg € 𝄞", true),
        ("sniff", utf16(text, big: true, mark: false), "Jörg € 𝄞", true),
        ("sniff", utf16(text, big: false, mark: false), "Jörg € 𝄞", true),
        ("utf-16", utf16(text, big: false), "Jörg € 𝄞", false), ("utf-16", Array(text.utf8), nil, false),
        ("utf-16", utf16(text, big: false).dropLast(), nil, false),
        ("utf-16", utf16(text, big: false) + [0x00, 0xD8], nil, false),
        ("sniff", windows + [0x4A, 0xF6, 0x80, 0x0A], "Jö€", true), ("sniff", windows + [0x4A, 0x0A], "J", false),
        ("windows-1252", windows + [0x4A, 0xF6, 0x96, 0x0A], "Jö–", false),
        ("windows-1252", windows + [0x4A, 0x81, 0x0A], nil, false), ("sniff", windows + [0x4A, 0x81, 0x0A], nil, true),
        ("windows-1252", windows + Array("J\n2026-03-02;6.00;".utf8) + [0x81, 0x0A], nil, false),
        ("sniff", windows + [0x00, 0x0A], nil, false), ("latin-1", windows + [0xF6, 0x0A], "ö", false),
    ]

    @Test(arguments: files.indices)
    func `takes no bytes for other text, however they are cut`(index: Int) throws {
        let (encoding, bytes, payer, isNoted) = Self.files[index]
        let layout = try layout(encoding)
        let whole = LayoutTesting.read(bytes, layout)
        #expect(whole.isRefused == (payer == nil))
        if payer == nil { #expect(whole.refusal == .encodingInvalid) }
        if let payer { #expect(whole.items.map(\.payer) == [payer]) }
        if payer != nil { #expect(whole.faults.contains { $0.reason == .encodingAssumed } == isNoted) }
        #expect(LayoutTesting.read(bytes, cuts: Array(1..<bytes.count), layout.makeReader) == whole)
        for cut in 0...bytes.count where LayoutTesting.read(bytes, cuts: [cut], layout.makeReader) != whole {
            Issue.record("cut at \(cut) changes the events")
        }
    }

    @Test(arguments: ["sniff", "utf-16", "windows-1252"])
    func `claims its own files by their decoded header`(encoding: String) throws {
        let bytes = encoding == "windows-1252" ? Array(Self.windows) : Self.utf16(Self.text, big: false)
        #expect(try layout(encoding).format.recognise(bytes + (encoding == "windows-1252" ? [0x0A] : [])) != nil)
    }

    /// A first character that is not ASCII far behind the head, its bytes, the payer in its row.
    @Test(arguments: [([0xC3, 0xB6], "ö", false), ([0xF6, 0x3B], "ö", true)] as [([UInt8], String, Bool)])
    func `decides by the first character that tells, wherever it stands`(
        bytes: [UInt8], payer: String, isNoted: Bool
    ) throws {
        let layout = try StatementTests.layout("amount: sum, payer: who", more: "encoding: sniff")
        var file = Array("day;sum;who;x\n".utf8)
        for _ in 0..<1500 { file += Array("2026-03-02;5.00;J;\n".utf8) }
        file += Array("2026-03-02;5.00;".utf8) + bytes + (isNoted ? [0x0A] : [0x3B, 0x0A])
        let whole = LayoutTesting.read(file, layout)
        #expect(whole.refusal == nil)
        #expect(whole.items.last?.payer == payer)
        #expect(whole.faults.contains { $0.reason == .encodingAssumed } == isNoted)
        for cut in file.count - 6..<file.count {
            #expect(LayoutTesting.read(file, cuts: [cut], layout.makeReader) == whole)
        }
    }
}
