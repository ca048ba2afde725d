#if PAGE
    import ArgumentParser
    import Foundation
    import ReviewPage

    /// What the review page has a child do: a TIFF on standard input becomes a PNG on standard output.
    struct TIFFToPNGCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "tiff-to-png", abstract: "Make a PNG of a TIFF, in a confined process.", shouldDisplay: false)

        func run() throws {
            guard Picture.confine() else { throw ExitCode.failure }
            guard let tiff = try FileHandle.standardInput.read(upToCount: Picture.maxBytes + 1),
                tiff.count <= Picture.maxBytes, let png = Picture.png(ofTIFF: [UInt8](tiff))
            else { throw ExitCode.failure }
            try FileHandle.standardOutput.write(contentsOf: png)
        }
    }
#endif
