/// Entry Detail Record, type 6.
enum ACHEntryDetail {
    static let transactionCode = ACHField("transaction code", 2...3)
    static let rdfi = ACHField("receiving DFI identification", 4...11)
    static let checkDigit = ACHField("check digit", 12...12)
    static let routing = ACHField("receiving DFI identification and check digit", 4...12)
    static let account = ACHField("DFI account number", 13...29)
    static let amount = ACHField("amount", 30...39)
    static let identification = ACHField("individual identification number", 40...54)
    static let name = ACHField("individual name", 55...76)
    static let addendaIndicator = ACHField("addenda record indicator", 79...79)
    static let trace = ACHField("trace number", 80...94)

    static let lengths = 94...94

    /// ARC, BOC, RCK, TRC, XCK: the check's number stands where others have the identification.
    static let checkNumber = ACHField("check serial number", 40...54)
    /// POP: the check's number is shorter; the terminal's place follows.
    static let checkNumberOfPOP = ACHField("check serial number", 40...48)
    /// CIE and MTE: the name stands before the identification.
    static let nameOfCIE = ACHField("individual name", 40...54)
    static let identificationOfCIE = ACHField("individual identification number", 55...76)
    static let nameOfMTE = ACHField("individual name", 40...61)
    static let identificationOfMTE = ACHField("individual identification number", 62...76)
    /// CTX, TRX, ATX, ENR: the count of addenda stands before the name.
    static let addendaCount = ACHField("number of addenda records", 55...58)
    static let receivingCompany = ACHField("receiving company name", 59...76)
    /// SHR: the document's number; the individual's card number stands where others have the name.
    static let documentOfSHR = ACHField("document reference number", 44...54)
    /// IAT: the account is longer and stands elsewhere; names are in addenda.
    static let addendaCountOfIAT = ACHField("number of addenda records", 13...16)
    static let accountOfIAT = ACHField("foreign receiver's account number", 40...74)
}
