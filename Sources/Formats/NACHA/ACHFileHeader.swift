/// File Header Record, type 1.
enum ACHFileHeader {
    static let destination = ACHField("immediate destination", 4...13)
    static let origin = ACHField("immediate origin", 14...23)
    static let created = ACHField("file creation date", 24...29)
    static let time = ACHField("file creation time", 30...33)
    static let modifier = ACHField("file id modifier", 34...34)
    static let recordSize = ACHField("record size", 35...37)
    static let blockingFactor = ACHField("blocking factor", 38...39)
    static let formatCode = ACHField("format code", 40...40)
    static let destinationName = ACHField("immediate destination name", 41...63)
    static let originName = ACHField("immediate origin name", 64...86)
    static let reference = ACHField("reference code", 87...94)

    /// Up to the format code; names and reference may be trimmed away.
    static let lengths = 40...94
}
