internal import Model

/// A transaction detail (record 16): type code, amount, funds type, bank reference, customer reference, text.
struct BAI2Detail {
    let type: ArraySlice<UInt8>
    /// In the smallest unit of the account's currency; nil where it is left out.
    let amount: Int64?
    let amountText: String
    let funds: BAI2Funds
    private let bankReference: String
    private let customerReference: String
    private(set) var text = ""
    /// The record, for messages.
    let fields: BAI2Fields

    /// Reads the fields before the text.
    init(_ fields: inout BAI2Fields) throws(FileRefused) {
        type = fields.optional()
        let digits = fields.optional()
        amountText = String(decoding: digits, as: UTF8.self)
        amount = try fields.amount(digits, "amount", signed: false)
        funds = try BAI2Funds(&fields)
        bankReference = BAI2Byte.text(fields.optional())
        customerReference = BAI2Byte.text(fields.optional())
        self.fields = fields
    }

    /// Reads the whole record.
    init(_ record: BAI2Record) throws(FileRefused) {
        var fields = BAI2Fields(record)
        try self.init(&fields)
        text = fields.text()
    }

    /// Fills in what does not depend on the type code.
    func fill(_ item: inout Item, asOf: CivilDate?) {
        item.trace = told(bankReference)
        item.reference = told(customerReference)
        item.memo = text
        item.valueDate = funds.valueDate ?? asOf
        item.bookingDate = asOf
    }

    /// Fills in what the type code says.
    func fill(_ item: inout Item, _ code: BAI2TypeCode) {
        item.direction = code.direction
        item.kind = code.kind
        item.tender = code.tender
        if code.isOneCheck, customerReference.utf8.allSatisfy(BAI2Byte.isDigit) {
            item.checkNumber = String(customerReference.drop { $0 == "0" })
        }
        guard code.kind == .returned else { return }
        var original = Original()
        original.text = text
        original.trace = item.trace.isEmpty ? item.reference : item.trace
        item.original = original
    }

    /// A reference, or nothing where it is all zeros.
    private func told(_ reference: String) -> String {
        reference.utf8.allSatisfy { $0 == UInt8(ascii: "0") } ? "" : reference
    }
}
