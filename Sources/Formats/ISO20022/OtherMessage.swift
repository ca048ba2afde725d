internal import Model

/// A message of a family that is not read: refused under its name, or for what is wrong with its XML.
struct OtherMessage: MessageAssembly {
    enum Section { case outside }

    static let outside = Section.outside
    let name: String

    mutating func deliver(into events: inout [ReadEvent]) {}
    mutating func enter(_ name: Name?, in section: Section, at line: Int) -> Section? { nil }
    mutating func take(_ value: ElementText, at path: Path, in section: Section) {}
    mutating func endBranch(_ path: Path, in section: Section) {}
    mutating func end(_ section: Section, at line: Int) {}

    mutating func endFile(at line: Int) -> FileRefused? {
        FileRefused(
            .formatUnknown, "found the ISO 20022 message \(name); expected \(ISOMessage.allNames)")
    }
}
