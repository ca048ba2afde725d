import Model

/// Standard Entry Class Codes (columns 51-53 of the batch header) that are read.
///
/// ADV (automated accounting advice) has other columns and tells no payment: it is refused (`accounting-advice`).
enum ACHEntryClass: String, CaseIterable {
    case ack = "ACK"
    case arc = "ARC"
    case atx = "ATX"
    case boc = "BOC"
    case ccd = "CCD"
    case cie = "CIE"
    case cor = "COR"
    case ctx = "CTX"
    case dne = "DNE"
    case enr = "ENR"
    case iat = "IAT"
    case mte = "MTE"
    case pop = "POP"
    case pos = "POS"
    case ppd = "PPD"
    case rck = "RCK"
    case shr = "SHR"
    case tel = "TEL"
    case trc = "TRC"
    case trx = "TRX"
    case web = "WEB"
    case xck = "XCK"

    /// Where the check's number stands, for classes that make a paper check an entry.
    var checkNumber: ACHField? {
        switch self {
        case .arc, .boc, .rck, .trc, .xck: ACHEntryDetail.checkNumber
        case .pop: ACHEntryDetail.checkNumberOfPOP
        default: nil
        }
    }

    /// Where the number stands by which payer and company know each other; nil where the class has none.
    var identification: ACHField? {
        switch self {
        case .arc, .boc, .rck, .trc, .xck, .pop, .iat: nil
        case .cie: ACHEntryDetail.identificationOfCIE
        case .mte: ACHEntryDetail.identificationOfMTE
        case .shr: ACHEntryDetail.documentOfSHR
        default: ACHEntryDetail.identification
        }
    }

    /// Where the name of the entry's receiver stands; nil where the record has none.
    var name: ACHField? {
        switch self {
        case .iat, .trc, .shr: nil
        case .cie: ACHEntryDetail.nameOfCIE
        case .mte: ACHEntryDetail.nameOfMTE
        case .ctx, .trx, .atx, .enr: ACHEntryDetail.receivingCompany
        default: ACHEntryDetail.name
        }
    }

    /// Where the count of the entry's addenda stands.
    var addendaCount: ACHField? {
        switch self {
        case .ctx, .trx, .atx, .enr: ACHEntryDetail.addendaCount
        case .iat: ACHEntryDetail.addendaCountOfIAT
        default: nil
        }
    }

    /// Whether the standard demands the name.
    var requiresName: Bool {
        switch self {
        case .ppd, .ccd, .web, .tel, .ctx, .cie, .cor, .rck: true
        default: false
        }
    }

    /// Which addenda its entries may have beside 98 (change) and 99 (return).
    var addenda: ClosedRange<Int> {
        switch self {
        case .iat: 10...18
        case .pos, .shr, .mte: 2...2
        default: 5...5
        }
    }
}

/// Transaction codes (columns 2-3 of the entry detail): the kind of account, then what happens to it.
enum ACHTransactionCode {
    /// The direction of the code's money; nil where no such code is.
    ///
    /// 21-24, 31-34, 41-44 and 51-54 are credits (x1 a return, x3 a prenote, x4 without money), 26-29 and so on
    /// debits; of loan accounts only the reversal 55 and its return 56 are debits.
    static func direction(_ code: Int) -> Direction? {
        switch (code / 10, code % 10) {
        case (2...5, 1...4): .credit
        case (2...4, 6...9), (5, 5...6): .debit
        default: nil
        }
    }

    /// Returns and notifications of change: x1 of credits, x6 of debits.
    static func isReturn(_ code: Int) -> Bool { code % 10 == 1 || code % 10 == 6 }

    /// Prenotes and entries that only carry remittance: their amount is zero.
    static func hasNoMoney(_ code: Int) -> Bool {
        switch code % 10 {
        case 3, 4, 8, 9: code < 55
        default: false
        }
    }
}

/// ABA routing numbers: eight digits and a check digit by the weights 3, 7, 1.
enum ACHRouting {
    /// Whether nine digits are one.
    static func isValid(_ number: Span<UInt8>) -> Bool {
        number.count == 9 && number.withUnsafeBytes { Self.number($0, at: 0) } != nil
    }

    /// The first eight digits, as a number, of the nine that stand there; nil where they are no routing number.
    ///
    /// Not by `CheckDigit` of the room below, which is not specialised across rooms: every entry comes here. The digits
    /// in even places are multiplied with their weights at once, and those in odd places: the highest 16 bits of each
    /// product are a sum of four.
    @inline(__always) static func number(_ bytes: UnsafeRawBufferPointer, at start: Int) -> Int? {
        guard start >= 0, start &+ 9 <= bytes.count else { return nil }
        let eight = EightBytes(bytes.baseAddress!, at: start)
        let check = bytes[start &+ 8] &- UInt8(ascii: "0")
        guard let number = eight.number, check < 10 else { return nil }
        let even = (eight.bits & 0x000F_000F_000F_000F) &* 0x0003_0001_0007_0003
        let odd = (eight.bits >> 8 & 0x000F_000F_000F_000F) &* 0x0007_0003_0001_0007
        return (even >> 48 &+ odd >> 48 &+ UInt64(check)) % 10 == 0 ? number : nil
    }
}
