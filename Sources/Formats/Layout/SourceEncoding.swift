/// The encodings whose bytes become UTF-8 before they are cut into rows.
enum SourceEncoding: String, CaseIterable, Sendable {
    case windows1252 = "windows-1252"
    case utf16 = "utf-16"
    /// The file tells: byte order mark, zero bytes of UTF-16, valid UTF-8, else Windows-1252.
    case sniff
}
