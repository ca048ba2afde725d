/// Notification of Change Addenda, type 7 98.
enum ACHChange {
    static let code = ACHField("change code", 4...6)
    static let trace = ACHField("original entry trace number", 7...21)
    static let rdfi = ACHField("original receiving DFI identification", 28...35)
    static let corrected = ACHField("corrected data", 36...64)

    /// C01-C14 are notices; C61-C69 refuse one.
    static let codes = Set(
        ["01", "02", "03", "04", "05", "06", "07", "08", "09", "13", "14"].map { "C" + $0 }
            + (61...69).map { "C\($0)" })
}
