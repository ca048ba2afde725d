/// Return Addenda, type 7 99, dishonoured and contested ones too.
enum ACHReturn {
    static let code = ACHField("return reason code", 4...6)
    static let trace = ACHField("original entry trace number", 7...21)
    static let rdfi = ACHField("original receiving DFI identification", 28...35)
    static let information = ACHField("addenda information", 36...79)
    /// IAT: the amount of the earlier entry stands before the information.
    static let originalAmount = ACHField("original forward entry payment amount", 36...45)
    static let informationOfIAT = ACHField("addenda information", 46...79)
    /// Contested: the day (Julian) the earlier entry was settled.
    static let settlement = ACHField("original settlement date (Julian)", 36...38)

    /// R61-R70 dishonour a return, R71-R77 contest that.
    static let disputed = Set((61...77).map { "R\($0)" })
    static let contested = Set((71...77).map { "R\($0)" })
    static let codes = Set(
        (1...9).map { "R0\($0)" }
            + (Array(10...47) + Array(50...53) + [61, 62] + Array(67...77) + Array(80...85)).map { "R\($0)" })
}
