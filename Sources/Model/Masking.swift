/// A bank account number as it may be kept and shown: `****` and its last four characters.
///
/// A number of four characters or less is masked whole.
package func masked(_ number: String) -> String {
    number.isEmpty ? "" : number.utf8.count <= 4 ? "****" : "****" + String(number.suffix(4))
}
