internal import FoundationEssentials
internal import Hummingbird
internal import Ledger
internal import Model
internal import Mustache
internal import Pipeline
internal import Review

/// The templates, read once.
struct Pages: Sendable {
    private let library: MustacheLibrary
    private let office: Office

    init(_ office: Office) {
        self.office = office
        var library = MustacheLibrary()
        for (name, bytes) in Self.templates {
            do {
                try library.register(String(decoding: bytes, as: UTF8.self), named: name)
            } catch {
                preconditionFailure("template \(name): \(error)")
            }
        }
        self.library = library
    }

    private static var templates: [(name: String, bytes: [UInt8])] {
        [
            ("layout", PackageResources.layout_mustache), ("login", PackageResources.login_mustache),
            ("queue", PackageResources.queue_mustache), ("item", PackageResources.item_mustache),
            ("hidden", PackageResources.hidden_mustache), ("viewer", PackageResources.viewer_mustache),
            ("record", PackageResources.record_mustache),
            ("candidates", PackageResources.candidates_mustache), ("actions", PackageResources.actions_mustache),
            ("pending", PackageResources.pending_mustache), ("history", PackageResources.history_mustache),
            ("approvals", PackageResources.approvals_mustache), ("bulk", PackageResources.bulk_mustache),
            ("search", PackageResources.search_mustache), ("day", PackageResources.day_mustache),
            ("help", PackageResources.help_mustache), ("message", PackageResources.message_mustache),
        ]
    }

    /// A page for somebody who is signed in; nil for the pages before that.
    func page(
        _ template: String, _ fields: Fields, for person: Person?, status: HTTPResponse.Status = .ok
    ) -> Response {
        var all: Fields = ["office": office.configuration.office, "today": office.today.description]
        if let person {
            all["person"] = ["name": person.fullName, "isTrainee": person.reviewer.isTrainee] as Fields
            all["form_token"] = person.formToken
        }
        all.merge(fields)
        guard let html = library.render(all, withTemplate: template) else {
            preconditionFailure("there is no template \(template)")
        }
        return .html(printable(html), status: status)
    }

    /// A page that says one thing.
    func message(
        _ title: String, _ text: String, for person: Person? = nil, status: HTTPResponse.Status = .ok
    ) -> Response {
        page("message", ["title": title, "text": text], for: person, status: status)
    }

    /// What a fault is for who made the request. The inside of the program is told to nobody.
    func fault(_ error: any Error) -> Response {
        if let refused = error as? NotAllowed {
            return message("Not allowed", "\(refused.description).", status: .forbidden)
        }
        if let fault = error as? LedgerFault {
            return message(
                fault.isOfTheMachine ? "Busy" : "Fault",
                fault.isOfTheMachine
                    ? "The ledger is written by another program just now, or its disk is in trouble. Nothing was "
                        + "changed. Try again in a moment."
                    : "The ledger refused this. Nothing was changed. Tell your administrator what you did.",
                status: .serviceUnavailable)
        }
        if let fault = error as? any HTTPResponseError {
            let (title, text) = Self.words(fault.status)
            return message(title, text, status: fault.status)
        }
        return message("Fault", "Something went wrong. Nothing was changed.", status: .internalServerError)
    }

    private static func words(_ status: HTTPResponse.Status) -> (String, String) {
        switch status.code {
        case 401: ("Signed out", "Sign in again to go on.")
        case 403:
            (
                "Refused",
                "This form was not made by this page for you, or it is of an earlier sign-in. Open it again, then "
                    + "send it."
            )
        case 404: ("Not found", "There is nothing here.")
        case 413: ("Too large", "More was sent than any form of this page holds.")
        case 421:
            ("Not this page", "The page does not answer to this name. Ask for it by the name it was started with.")
        default: ("Refused", "The request was not understood: \(status.code) \(status.reasonPhrase).")
        }
    }
}

/// Without characters that a page cannot show as they are: controls, and those that turn the direction of writing, by
/// which one text can be made to look like another.
func printable(_ html: String) -> String {
    let isClean = html.unicodeScalars.allSatisfy { !isHidden($0) }
    if isClean { return html }
    var scalars = String.UnicodeScalarView()
    for scalar in html.unicodeScalars { scalars.append(isHidden(scalar) ? "\u{FFFD}" : scalar) }
    return String(scalars)
}

private func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 9, 10: false
    case 0..<32, 127..<160, 0x200B, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: true
    default: false
    }
}

extension Response {
    static func html(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    static func json(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    static func bytes(_ bytes: [UInt8], type: String) -> Response {
        Response(
            status: .ok, headers: [.contentType: type], body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// To another page after something was done there (303, RFC 9110, 15.4.4).
    static func redirect(_ path: String) -> Response { Response(status: .seeOther, headers: [.location: path]) }
}
