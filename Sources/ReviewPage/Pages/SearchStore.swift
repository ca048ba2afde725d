internal import Ledger

/// All SQL of the search beside that of `Review`.
extension Transaction {
    /// Documents by the beginning of their id, at most `limit`.
    func documentsFound(_ text: String, limit: Int) throws -> [(id: String, type: String)] {
        guard text.utf8.count >= 3 else { return [] }
        return try all(
            "SELECT doc_id, doc_type FROM documents WHERE doc_id >= ?1 AND doc_id < ?1 || '~' ORDER BY doc_id LIMIT ?2",
            .text(text.uppercased()), .int(Int64(limit))
        ) { ($0.text(0), $0.text(1)) }
    }
}
