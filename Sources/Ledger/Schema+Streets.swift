internal import GRDB
internal import Model

/// Where accounts are served, by house number and street: the index by which an address in a text finds its accounts.
extension Schema {
    static let streets = """
        CREATE TABLE account_streets (
            -- `StreetAddress.street`: the house number and the word behind it.
            street TEXT NOT NULL CHECK (street <> ''),
            account TEXT NOT NULL REFERENCES accounts (account),
            PRIMARY KEY (street, account)
        ) STRICT, WITHOUT ROWID;
        """

    /// Notes the streets of the accounts that are in the book already.
    static func fillStreets(_ database: Database) throws {
        let accounts = try GRDB.Row.fetchCursor(database, sql: "SELECT account, service_address FROM accounts")
        while let row = try accounts.next() {
            let (account, address): (String, String) = (row[0], row[1])
            guard let street = StreetAddress(address).street else { continue }
            try database.execute(sql: "INSERT INTO account_streets VALUES (?, ?)", arguments: [street, account])
        }
    }
}
