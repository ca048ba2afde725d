package import Model

/// How one bank writes its files, as data: a YAML file says it, and no code is written for a new bank.
package struct Layout: Sendable {
    /// The layout's name: `default`, `riverbend`.
    package let name: String
    /// The format it gives, as the contract names it: one of `formatNames`.
    package let formatName: String
    package let version: String?
    /// A note on the bank, for people.
    package let bank: String
    let plan: Plan

    /// The formats that a layout may give.
    static let formatNames = ["lockbox-csv", "lockbox-bai", "bank-csv", "processor-csv"]

    /// Reads a layout.
    ///
    /// - Parameter file: The name of the file the text comes from, for messages.
    /// - Throws: `layout-invalid` with the key, what was found and what was expected.
    package init(yaml: String, file: String) throws(FileRefused) {
        let text = try LayoutFile(YAMLMapping(yaml: yaml, file: file, keys: LayoutFile.keys))
        let compiler = LayoutCompiler(file: file)
        guard Layout.formatNames.contains(text.format) else {
            throw compiler.invalid(
                "format", found: text.format, expected: "one of " + Layout.formatNames.joined(separator: ", "))
        }
        name = text.layout
        formatName = text.format
        version = text.version
        bank = text.bank ?? ""
        plan = try compiler.compile(text)
    }

    /// A reader for one file, whether or not the file would be recognised.
    package func makeReader() -> any FormatReader {
        switch plan.cut {
        case .delimited(let cut): DelimitedReader(plan: plan, cut: cut)
        case .fixed(let cut): FixedWidthReader(plan: plan, cut: cut)
        }
    }
}

extension Layout {
    /// The layout as a format that claims the files it knows.
    ///
    /// - Note: its `name` is `lockbox-csv (default)`: format and layout.
    package var format: Format {
        Format(
            name: "\(formatName) (\(name))", summary: bank.isEmpty ? "files by layout \(name)" : bank,
            becomes: plan.itemKinds
        ) { head in
            claims(head) ? Claim(format: formatName, version: version, layout: name, makeReader: makeReader) : nil
        }
    }

    private func claims(_ head: [UInt8]) -> Bool {
        switch plan.cut {
        case .delimited(let cut): cut.claims(decoded(head), plan)
        case .fixed(let cut): cut.claims(head, encoding: plan.encoding)
        }
    }

    /// The head in the encoding that the plan reads; nothing where it cannot be.
    private func decoded(_ head: [UInt8]) -> [UInt8] {
        guard let source = plan.source else { return head }
        var decoder = TextDecoder(source)
        do throws(FileRefused) {
            var text = try decoder.decode(head.span)
            // What waits for more bytes decides itself by those that are there, as it does at a file's end.
            text += try decoder.settle()
            return text
        } catch {
            return []
        }
    }
}
