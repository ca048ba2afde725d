internal import Files
package import Ledger
package import Matching
internal import Model

extension Transaction {
    /// SHA-256 of what a reviewer is shown of an exception and decides by: where its money stands, its candidates with
    /// what each would post now, and its twin. A decision that names another was made about what is no more.
    package func shown(of view: ExceptionView, policy: AllocationPolicy) throws -> String {
        var text = "\(view.id)|\(view.amount?.description ?? "")|\(view.item?.books.rawValue ?? "")"
        text += "|\(view.item?.status.rawValue ?? "")|\(view.twin?.payment.description ?? "")"
        text += "|\(view.twin?.item.books.rawValue ?? "")"
        for candidate in view.candidates {
            text += "\n\(candidate.account)|\(candidate.score)"
            for part in try agreement(with: candidate, of: view, policy: policy)?.parts ?? [] {
                text += "|\(part.account):\(part.bill ?? part.kind.rawValue)=\(part.cents)"
            }
        }
        return SHA256Digest.of(Array(text.utf8))
    }
}
