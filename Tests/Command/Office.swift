import Foundation
import Testing

/// A home made and driven by the command alone, gone when the test is.
final class Office {
    /// The bank account number that must be seen nowhere.
    static let canary = "7994543709331"
    static let accounts = ["4012345775", "4024691547"]
    static let now = "2026-03-02T20:00:00Z"

    let folder = NSTemporaryDirectory() + "sluice-office-\(UUID().uuidString)"
    var home: String { folder + "/home" }

    /// Makes a home with two accounts that owe 51.37 and 52.74.
    init() throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try #require(try Program.run(["init", home]).status == 0)
        try write(
            "accounts.csv",
            """
            account,customer,name,service_address,city,zip,status,opened_on,closed_on,cash_only
            4012345775,C1,Pat Brandt,101 Main Street,Millrace,97998,active,2020-01-01,,no
            4024691547,C2,Pat Corliss,102 Main Street,Millrace,97998,active,2020-01-01,,no

            """)
        try write(
            "bills.csv",
            """
            bill,account,issued_on,due_on,amount,balance,kind
            W1,4012345775,2026-02-10,2026-03-10,51.37,51.37,water
            W2,4024691547,2026-02-10,2026-03-10,52.74,52.74,water

            """)
        try #require(try run("accounts", "import", "\(folder)/accounts.csv", "\(folder)/bills.csv").status == 0)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func write(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: URL(filePath: "\(folder)/\(name)"))
    }

    /// Puts a file into the inbox.
    func drop(_ name: String, _ text: String) throws { try write("home/inbox/\(name)", text) }

    /// Runs the command in this home at the usual time.
    @discardableResult
    func run(_ arguments: String..., input: String = "") throws -> Program.Result {
        try Program.run(arguments + ["--home", home, "--now", Self.now], input: input)
    }

    /// A lockbox file: a coupon that posts, and a check that waits as `1-2-e1`, its payer as named.
    static func lockbox(payer: String = "Pat Payer") -> String {
        """
        record,lockbox,deposit_date,batch,item,amount,check_number,routing,bank_account,\
        remitter,account,bill,line_amount,scanline,memo
        P,7001,2026-03-02,1,1,51.37,3001,121042882,\(canary),\(payer),4012345775,,,,
        P,7001,2026-03-02,1,2,60.00,3002,121042882,\(canary),\(payer),,,,,for the water \(payer)
        B,7001,2026-03-02,1,2,111.37,,,,,,,,,
        T,,,1,2,111.37,,,,,,,,,

        """
    }

    /// A lockbox file cut short: it is refused.
    static var refused: String { lockbox().replacing("T,,,1,2,111.37,,,,,,,,,\n", with: "") }

    /// An office that took in a file, has an open exception, a repeat and a refused file.
    static func busy(payer: String = "Pat Payer") throws -> Office {
        let office = try Office()
        try office.drop("a.csv", lockbox(payer: payer))
        try office.drop("b.csv", lockbox(payer: payer))
        try office.drop("cut.csv", refused)
        try office.run("run", "--settled")
        return office
    }
}

/// The names of a JSON object's own members in the order they stand in its text.
func memberNames(_ json: String) throws -> [String] {
    var names: [String] = []
    var depth = 0
    var text: [Character]?
    var isEscaped = false
    var last = ""
    for character in json {
        if let open = text {
            if isEscaped || character != "\"" {
                isEscaped = !isEscaped && character == "\\"
                text = open + [character]
            } else {
                last = String(open)
                text = nil
            }
            continue
        }
        switch character {
        case "\"": text = []
        case "{", "[": depth += 1
        case "}", "]": depth -= 1
        case ":" where depth == 1: names.append(last)
        default: break
        }
    }
    return names
}

/// One line of JSON, parsed.
func object(_ line: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "not an object: \(line)")
}
