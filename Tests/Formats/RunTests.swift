import Model
import Testing

@testable import Formats

/// Payments that follow each other are read by a shorter way in a look for totals: an office would post by what that
/// passes over.
struct RunTests {
    static let files = RunFile.lockboxes + [RunFile.dated, RunFile.entries]

    @Test(arguments: files)
    func `no payment of a run is another for how the file is cut`(file: RunFile) throws {
        let makeReader = try file.makeReader()
        for end in ["\n", "\r\n", "\r"] {
            let bytes = file.bytes(end: end)
            TotalsTesting.compare(bytes, file.name, pieces: Array(1..<bytes.count), makeReader)
        }
    }

    @Test(arguments: files)
    func `no changed byte of a run is passed over`(file: RunFile) throws {
        let makeReader = try file.makeReader()
        let original = file.bytes(end: "\r\n")
        let size = file.lines[0].utf8.count + 2
        for place in file.start..<file.start + size * 4 {
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
        for line in lines + file.others + ["", " "] {
            for place in file.head.count...file.head.count + file.lines.count {
                var changed = lines
                changed.insert(line, at: place)
                let bytes = Array((changed.joined(separator: "\n") + "\n").utf8)
                TotalsTesting.compare(bytes, "\(file.name), \"\(line)\" at \(place)", pieces: [100], makeReader)
            }
        }
    }

    @Test(arguments: files)
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
}
