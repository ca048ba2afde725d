/// A bank account number as it may be kept and shown: `****` and its last four characters.
///
/// A number of four characters or less is masked whole.
package func masked(_ number: String) -> String {
    number.isEmpty ? "" : number.utf8.count <= 4 ? "****" : "****" + String(number.suffix(4))
}

/// Text found in a file as a message may quote it: at most 40 characters, and of a run of eight digits or more,
/// which may be a bank account number in the wrong place, only the last four.
package func quotable(_ found: String) -> String {
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
    return String(String(decoding: shown, as: UTF8.self).prefix(40))
}
