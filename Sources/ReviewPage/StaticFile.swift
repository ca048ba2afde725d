internal import HTTPTypes
internal import Hummingbird

/// The style sheet, the script and the icon, carried inside the program: no path of a request reaches a folder.
struct StaticFile: Sendable {
    let path: String
    let type: String
    let bytes: [UInt8]

    static let all = [
        StaticFile(path: "/static/page.css", type: "text/css; charset=utf-8", bytes: PackageResources.page_css),
        StaticFile(path: "/static/page.js", type: "text/javascript; charset=utf-8", bytes: PackageResources.page_js),
        StaticFile(path: "/static/icon.svg", type: "image/svg+xml", bytes: PackageResources.icon_svg),
        StaticFile(path: "/favicon.ico", type: "image/svg+xml", bytes: PackageResources.icon_svg),
    ]

    var response: Response { .bytes(bytes, type: type) }
}
