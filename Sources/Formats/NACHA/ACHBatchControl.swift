/// Company/Batch Control Record, type 8.
enum ACHBatchControl {
    static let serviceClass = ACHField("service class code", 2...4)
    static let entries = ACHField("entry/addenda count", 5...10)
    static let hash = ACHField("entry hash", 11...20)
    static let debits = ACHField("total debit entry dollar amount", 21...32)
    static let credits = ACHField("total credit entry dollar amount", 33...44)
    static let company = ACHField("company identification", 45...54)
    static let odfi = ACHField("originating DFI identification", 80...87)
    static let number = ACHField("batch number", 88...94)

    static let lengths = 94...94
}
