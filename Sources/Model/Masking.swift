/// A bank account number as it may be kept and shown: `****` and its last four characters.
///
/// A number of four characters or less is masked whole.
package func masked(_ number: String) -> String {
    number.isEmpty ? "" : number.utf8.count <= 4 ? "****" : "****" + String(number.suffix(4))
}

/// Text found in a file as a message may quote it: at most 40 characters, long numbers masked.
package func quotable(_ found: String) -> String { String(maskingNumbers(in: found).prefix(40)) }

/// Text that may hold a bank account number anywhere: of a run of eight digits or more only the last four are kept.
package func maskingNumbers(in found: String) -> String {
    var shown: [UInt8] = []
    var run: [UInt8] = []
    func endRun() {
        shown += run.count >= 8 ? Array("****".utf8) + run.suffix(4) : run
        run.removeAll()
    }
    for byte in found.utf8 {
        if byte &- UInt8(ascii: "0") < 10 {
            run.append(byte)
        } else {
            endRun()
            shown.append(byte)
        }
    }
    endRun()
    return String(decoding: shown, as: UTF8.self)
}

/// Free text as it may be kept: IBANs (ISO 13616: two letters, two digits, then letters and digits) and the payer's own
/// account number in it are masked to their last four characters.
package func maskingBankNumbers(in text: String, own: String) -> String {
    let bytes = Array(text.utf8)
    let secret = Array(own.utf8)
    var kept: [UInt8] = []
    var index = 0
    while index < bytes.count {
        let word = bytes[index...].prefix { ($0 | 32) &- 97 < 26 || $0 &- 48 < 10 }
        if word.isEmpty {
            kept.append(bytes[index])
            index += 1
            continue
        }
        let isOwn = secret.count > 4 && word.elementsEqual(secret)
        kept += isOwn || isIBAN(word) ? Array("****".utf8) + word.suffix(4) : Array(word)
        index = word.endIndex
    }
    return String(decoding: kept, as: UTF8.self)
}

private func isIBAN(_ word: ArraySlice<UInt8>) -> Bool {
    guard (15...34).contains(word.count) else { return false }
    return word.prefix(2).allSatisfy { ($0 | 32) &- 97 < 26 }
        && word.dropFirst(2).prefix(2).allSatisfy { $0 &- 48 < 10 }
        && word.dropFirst(4).contains { $0 &- 48 < 10 }
}
