internal import Model

/// A message of a family that is not read: refused under its name, or for what is wrong with its XML.
struct OtherMessage: MessageAssembly {
    enum Section { case outside }
    enum Field: Hashable {}

    let name: String

    static func map(_ wanted: Wanted) -> ElementMap<Section, Field> {
        ElementMap(outside: .outside, opening: [], fields: [:])
    }

    mutating func deliver(into events: inout [ReadEvent]) {}
    mutating func begin(_ section: Section, at line: Int) {}
    mutating func take(_ field: Field, _ value: ElementText, in section: Section) {}
    mutating func end(_ section: Section, at line: Int) {}

    mutating func endFile(at line: Int) -> FileRefused? {
        FileRefused(
            .formatUnknown, "found the ISO 20022 message \(name); expected \(ISOMessage.allNames)")
    }
}
