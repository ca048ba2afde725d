/// Company/Batch Header Record, type 5.
enum ACHBatchHeader {
    static let serviceClass = ACHField("service class code", 2...4)
    static let companyName = ACHField("company name", 5...20)
    static let discretionary = ACHField("company discretionary data", 21...40)
    static let company = ACHField("company identification", 41...50)
    static let entryClass = ACHField("standard entry class code", 51...53)
    static let description = ACHField("company entry description", 54...63)
    static let descriptiveDate = ACHField("company descriptive date", 64...69)
    static let effective = ACHField("effective entry date", 70...75)
    static let settlement = ACHField("settlement date (Julian)", 76...78)
    static let status = ACHField("originator status code", 79...79)
    static let odfi = ACHField("originating DFI identification", 80...87)
    static let number = ACHField("batch number", 88...94)

    static let lengths = 94...94
}

/// Service class codes (columns 2-4 of types 5 and 8) of the batches that are read.
enum ACHServiceClass: Int {
    case mixed = 200
    case credits = 220
    case debits = 225
}
