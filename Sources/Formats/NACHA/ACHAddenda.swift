/// Addenda Record, type 7; columns 2-3 say of which type.
enum ACHAddenda {
    static let type = ACHField("addenda type code", 2...3)
    static let lengths = 94...94

    /// 05, and 17 of IAT: what the payer writes. One record tells 80 columns of it.
    static let information = ACHField("payment related information", 4...83)
    static let sequence = ACHField("addenda sequence number", 84...87)
    static let entry = ACHField("entry detail sequence number", 88...94)

    /// 10 of IAT: who receives.
    static let receiver = ACHField("receiving company or individual name", 47...81)
    /// 11 of IAT: who originates.
    static let originator = ACHField("originator name", 4...38)
    /// 15 of IAT: the receiver's number at the originator.
    static let receiverNumber = ACHField("receiver identification number", 4...18)
}

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
