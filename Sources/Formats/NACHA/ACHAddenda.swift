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
