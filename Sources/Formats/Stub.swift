package import Model
package let iso20022 = Format(name: "x", summary: "y") { _ in nil }
package struct Layout {
    package var format: Format { iso20022 }; package init(yaml: String, file: String) throws(FileRefused) {}
}
