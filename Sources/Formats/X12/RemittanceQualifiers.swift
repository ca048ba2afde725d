/// Reference identification qualifiers (X12 element 128) that tell what RMR02 and REF02 are.
enum RemittanceQualifiers {
    /// An account with the payee: account number (11), billing account (12), master account (14), customer account
    /// (AJ), and what utilities use beside them (AC, AZ). All others name a bill.
    static let accounts: Set<String> = ["11", "12", "14", "AC", "AJ", "AZ"]
}
