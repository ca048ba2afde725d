internal import Files
internal import Hummingbird
internal import Ledger
internal import Review

/// The images of papers. What a browser can show goes as it is; a TIFF goes as the PNG that a bounded child makes
/// of it.
struct ImagePage: Sendable {
    let office: Office

    func show(_ visit: Visit, _ person: Person) async throws -> Response {
        guard person.has(.decide) || person.has(.approve) || person.has(.records) || person.has(.readOnly) else {
            throw HTTPError(.forbidden)
        }
        let (document, side) = (try visit.parameters.require("document"), try visit.parameters.require("side"))
        guard let page = Int64(try visit.parameters.require("page")),
            let image = try await office.reading.read({
                try $0.pageImage(document: document, page: page, side: side)
            })
        else { throw HTTPError(.notFound) }
        let path = "\(office.home)/\(image.path)"
        guard let bytes = try? FileBytes.read(path, limit: Picture.maxBytes) else { throw HTTPError(.notFound) }
        switch PictureKind(bytes) {
        case .png: return .bytes(bytes, type: "image/png")
        case .jpeg: return .bytes(bytes, type: "image/jpeg")
        case .tiff:
            guard let png = await office.converter.png(ofFile: path) else { throw HTTPError(.unprocessableContent) }
            return .bytes(png, type: "image/png")
        case nil: throw HTTPError(.unsupportedMediaType)
        }
    }
}

/// What an image is by its first bytes, whatever its name says.
enum PictureKind {
    case png
    case jpeg
    case tiff

    init?(_ bytes: [UInt8]) {
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            self = .png
        } else if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
            self = .jpeg
        } else if bytes.starts(with: [0x49, 0x49, 0x2A, 0]) || bytes.starts(with: [0x4D, 0x4D, 0, 0x2A]) {
            self = .tiff
        } else {
            return nil
        }
    }
}
