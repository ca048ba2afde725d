import Model

extension Rule {
    /// Words that people accepted to mean one account, and a second key: never the words alone.
    static let taughtWords = Rule("taught-words", version: 1) { inquiry in
        guard try inquiry.isUnnamed() else { return nil }
        let taught = try inquiry.taughtAccounts().filter(\.account.isOpen)
        guard let first = taught.first, taught.allSatisfy({ $0.account.number == first.account.number }) else {
            return nil
        }
        for words in taught {
            guard let key = try inquiry.keyBesides(words) else { continue }
            return try inquiry.only([first.account], why: "\(words.facts.sentence); \(key)")
        }
        return nil
    }
}
