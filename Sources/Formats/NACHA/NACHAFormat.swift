internal import Model

/// NACHA ACH files: entries, returns and notifications of change, with or without line ends.
///
/// Claims a file that begins with a File Header Record (type 1, `101`, record size `094`) or, where it has lost that,
/// with a Batch Header Record (type 5 with a service class and a standard entry class), or with an entry alone.
package let nacha = Format(
    name: "NACHA ACH", summary: "ACH entries, returns and notifications of change in records of 94 columns",
    becomes: [.payment, .returned, .notice]
) { head in
    guard let first = firstRecord(of: head) else { return nil }
    let isACH =
        switch first.type {
        case UInt8(ascii: "1"): isFileHeader(first)
        case UInt8(ascii: "5"): isBatchHeader(first)
        case UInt8(ascii: "6"): isEntry(first)
        default: false
        }
    return isACH ? Claim(format: "nacha") { NACHAReader() } : nil
}

/// The head's first record; nil where it is not one. What stands behind it does not matter.
private func firstRecord(of head: [UInt8]) -> ACHRecord? {
    var cutter = ACHCutter()
    var at = 0
    do throws(FileRefused) {
        return try cutter.next(head.span, &at) || cutter.finish() ? cutter.record : nil
    } catch {
        return nil
    }
}

/// Type 1: columns 2-3 are `01`, 35-37 `094`. A lockbox header (`100…`) has neither.
private func isFileHeader(_ record: ACHRecord) -> Bool {
    record.bytes.starts(with: "101".utf8) && record.slice(ACHFileHeader.recordSize).elementsEqual("094".utf8)
}

/// Type 5: a service class in columns 2-4 and a class of entries in 51-53.
private func isBatchHeader(_ record: ACHRecord) -> Bool {
    let code = record.text(ACHBatchHeader.entryClass)
    guard let service = record.number(ACHBatchHeader.serviceClass) else { return false }
    return [200, 220, 225, 280].contains(service) && (ACHEntryClass(rawValue: code) != nil || code == "ADV")
}

/// Type 6 that has lost its batch header: a transaction code, a right routing number, digits in 30-39 and 80-94.
private func isEntry(_ record: ACHRecord) -> Bool {
    guard let code = record.number(ACHEntryDetail.transactionCode), ACHTransactionCode.direction(code) != nil,
        record.length == ACHRecord.width
    else { return false }
    let routing = record.range(ACHEntryDetail.routing)
    return ACHRouting.isValid(record.bytes.span.extracting(routing)) && record.number(ACHEntryDetail.amount) != nil
        && record.number(ACHEntryDetail.trace) != nil
}
