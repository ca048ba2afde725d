import Foundation
import Model
import Testing

@testable import Formats

/// Documents that are attacks, or no documents: refused with their true reason, early, and with nothing made up.
struct CamtHostileTests {
    /// Feeds as the intake does; gives how many bytes were taken in until the refusal.
    private func feed(_ bytes: [UInt8], pieces: Int = 1 << 16) -> (reading: LayoutReading, taken: Int) {
        var reading = LayoutReading()
        var reader = CamtReader()
        var taken = 0
        do throws(FileRefused) {
            while taken < bytes.count {
                let end = min(taken + pieces, bytes.count)
                defer { taken = end }
                try reader.feed(bytes.span.extracting(taken..<end), into: &reading.events)
            }
            try reader.finish(into: &reading.events)
        } catch {
            reading.refused = error
        }
        return (reading, taken)
    }

    private func check(_ document: HostileDocument) {
        let bytes = document.bytes()
        let (reading, taken) = feed(bytes)
        #expect(reading.refusal == document.reason, "\(reading.refused?.fault.message ?? "taken")")
        #expect(reading.refused?.fault.severity == .refusal)
        #expect(reading.items.count <= document.items, "an item beyond the fault")
        #expect(reading.items.map(\.amount) == [Cents(500), Cents(600)].dropLast(2 - reading.items.count))
        #expect(!reading.events.contains { if case .fileEnds = $0 { true } else { false } })
        if let within = document.within { #expect(taken <= max(within, 1 << 16)) }
        if bytes.count < 4096 {
            #expect(feed(bytes, pieces: 1).reading == reading, "byte by byte")
            for size in 2...bytes.count where feed(bytes, pieces: size).reading != reading {
                Issue.record("pieces of \(size) bytes give other events or another refusal")
            }
        }
    }

    @Test(arguments: HostileDocument.doctypes)
    func `takes no type declaration and no entity`(document: HostileDocument) { check(document) }

    @Test(arguments: HostileDocument.doctypes.filter { $0.reason == .xmlDoctype })
    func `reads no element behind a type declaration`(document: HostileDocument) {
        #expect(feed(document.bytes()).reading.events.isEmpty)
    }

    @Test(arguments: HostileDocument.excesses)
    func `spends no time on what is too much`(document: HostileDocument) { check(document) }

    @Test(arguments: HostileDocument.broken)
    func `takes no broken bytes`(document: HostileDocument) { check(document) }

    /// How far libxml2 reads ahead depends on the pieces it is given; found by fuzzing.
    @Test(arguments: ["<Document a\"><BkToCstmr", "<Document a=\"b>c</d>", "<?xml version='1.0'?><!-- c --><a b\"><c"])
    func `tells the first of two faults when the bytes are cut elsewhere`(start: String) {
        let bytes = Array(start.utf8) + [0x95] + Array("></Document>".utf8)
        let whole = CamtTesting.read(bytes)
        #expect(whole.isRefused)
        #expect(CamtTesting.read(bytes, cuts: Array(1..<bytes.count)) == whole, "byte by byte")
        for first in 0...bytes.count {
            for second in first...bytes.count where CamtTesting.read(bytes, cuts: [first, second]) != whole {
                Issue.record("cut at \(first) and \(second) gives another refusal")
            }
        }
    }

    @Test func `refuses nothing at a limit that is just kept`() {
        let deep = String(repeating: "<a>", count: 60) + String(repeating: "</a>", count: 60)
        let wide = "<a \((0..<32).map { "b\($0)='' " }.joined())/>"
        let long = "<a b='\(String(repeating: "x", count: 60_000))'/><!--\(String(repeating: "-x", count: 30_000))-->"
        let text = "<a>\(String(repeating: "x", count: 65_536))</a>"
        let names = (0..<400).map { "<c\($0)/>" }.joined()
        let reading = feed(HostileDocument.amid(deep + wide + long + text + names)).reading
        #expect(reading.refusal == nil, "\(reading.refused?.fault.message ?? "")")
        #expect(reading.amounts.count == 2)
    }

    @Test func `tells no other items before a limit when the bytes are cut elsewhere`() {
        let long = "<!--\(String(repeating: "x", count: 70_000))-->"
        let bytes = HostileDocument.amid(long)
        let whole = CamtTesting.read(bytes)
        #expect(whole.refusal == .xmlLimit)
        #expect(whole.items.count == 1)
        for size in [1, 100, 1000, 4096, 65_536, 70_000] {
            #expect(feed(bytes, pieces: size).reading == whole, "\(size)")
        }
        let mixed = HostileDocument.behind("<!DOCTYPE a>" + long)
        #expect(CamtTesting.read(mixed).refusal == .xmlDoctype)
        #expect(feed(mixed, pieces: 1).reading == CamtTesting.read(mixed))
    }

    @Test func `goes on after no refusal`() {
        var reader = CamtReader()
        var events: [ReadEvent] = []
        // More than one of the pieces that libxml2 is given.
        let bad = HostileDocument.amid("&a;" + String(repeating: " ", count: 1 << 14))
        #expect(throws: FileRefused.self) { try reader.feed(bad.span, into: &events) }
        let count = events.count
        let good = Array(CamtTesting.entry().utf8)
        #expect(throws: FileRefused.self) { try reader.feed(good.span, into: &events) }
        #expect(throws: FileRefused.self) { try reader.finish(into: &events) }
        #expect(events.count == count)
    }

    /// What is no message is said so, and by the right format.
    @Test func `takes no other document for a message`() {
        let others: [(String, Reason)] = [
            ("<Document><FIToFICstmrCdtTrf/></Document>", .messageEmpty), ("<html><body/></html>", .formatUnknown),
            ("<Ntry><Amt Ccy='USD'>1.00</Amt></Ntry>", .formatUnknown),
            ("<Document><BkToCstmrStmt><GrpHdr/></BkToCstmrStmt></Document>", .messageEmpty),
            ("<Document><BkToCstmrStmt/></Document>", .messageEmpty),
        ]
        for (text, reason) in others {
            #expect(CamtTesting.read(text).refusal == reason, "\(text)")
            #expect(CamtTesting.read(text).events.isEmpty)
        }
        for text in ["plain", "{}", "< a>", "<1>", "\u{1F}\u{8B}\u{8}", ""] {
            #expect(iso20022.recognise(Array(text.utf8)) == nil, "\(text)")
        }
        for (family, reason) in [("pain.001.001.03", Reason.formatUnknown), ("remt.001.001.04", .messageEmpty)] {
            let text = "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:\(family)\"/>"
            #expect(LayoutTesting.read(Array(text.utf8), among: [iso20022]).refusal == reason, "\(family)")
        }
    }
}
