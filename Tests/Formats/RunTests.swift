import Model
import Testing

@testable import Formats

/// Payments that follow each other are read by a shorter way in a look for totals: an office would post by what that
/// passes over.
struct RunTests {
    /// Those whose payments are taken as a run, and all.
    static let runs = RunFile.lockboxes + [RunFile.dated, RunFile.entries]
    static let files = runs + [RunFile.unheaded] + RunFile.entryBatches

    @Test(arguments: files)
    func `no payment of a run is another for how the file is cut`(file: RunFile) throws {
        let makeReader = try file.makeReader()
        for end in ["\n", "\r\n", "\r"] {
            let bytes = file.bytes(end: end)
            TotalsTesting.compare(bytes, file.name, pieces: Array(1..<bytes.count), makeReader)
        }
    }

    @Test(arguments: runs + [RunFile.unheaded])
    func `no changed byte of a run is passed over`(file: RunFile) throws {
        let makeReader = try file.makeReader()
        let original = file.bytes(end: "\r\n")
        let size = file.lines[0].utf8.count + 2
        for place in file.start..<file.start + size * 3 {
            for value: UInt8 in [0x09, 0x0A, 0x20, 0x30, 0x39, 0x3A, 0x41, 0x7F, 0xE9] where value != original[place] {
                var bytes = original
                bytes[place] = value
                TotalsTesting.compare(bytes, "\(file.name), byte \(place) as \(value)", pieces: [], makeReader)
            }
            var shorter = original
            shorter.remove(at: place)
            TotalsTesting.compare(shorter, "\(file.name) without byte \(place)", pieces: [], makeReader)
        }
    }

    @Test(arguments: files)
    func `no record within a run is passed over`(file: RunFile) throws {
        let makeReader = try file.makeReader()
        let lines = file.head + file.lines + file.tail
        let others = file.others.flatMap { [($0, 1), ($0, 3)] }
        for (line, times) in (lines + ["", " "]).map({ ($0, 1) }) + others {
            for place in file.head.count...file.head.count + file.lines.count {
                var changed = lines
                changed.insert(contentsOf: repeatElement(line, count: times), at: place)
                let bytes = Array((changed.joined(separator: "\n") + "\n").utf8)
                let name = "\(file.name), \(times) of \"\(line)\" at \(place)"
                TotalsTesting.compare(bytes, name, pieces: [], makeReader)
            }
        }
    }

    @Test(arguments: runs)
    func `a run is told as the figures of its payments`(file: RunFile) throws {
        var reader = try file.makeReader()()
        reader.want(.totals)
        var events: [ReadEvent] = []
        let bytes = file.bytes(end: "\n")
        try reader.feed(bytes.span, into: &events)
        try reader.finish(into: &events)
        let told = events.compactMap { if case .figures(let figures) = $0 { figures.amount?.rawValue } else { nil } }
        #expect(told == (1...file.lines.count).map { 100 + Int64($0) })
        #expect(events.contains { if case .fault = $0 { true } else { false } } == false)
    }

    @Test(arguments: runs)
    func `no payment of a run but its last is left to the long way`(file: RunFile) throws {
        var reader = try file.makeReader()()
        reader.want(.totals)
        var events: [ReadEvent] = []
        let before = Array(((file.head + file.lines.prefix(1)).joined(separator: "\n") + "\n").utf8)
        let run = Array(((file.lines.dropFirst() + file.tail).joined(separator: "\n") + "\n").utf8)
        try reader.feed(before.span, into: &events)
        var at = 0
        if var own = reader as? NACHAReader {
            try own.takeRun(run.span, &at)
        } else if var own = reader as? FixedWidthReader, try own.splitter.next(run.span, &at) {
            try own.takeRecord(into: &events)
            try own.takeRun(run.span, &at, into: &events)
        }
        #expect(at == (file.lines[0].utf8.count + 1) * 4)
    }
}
