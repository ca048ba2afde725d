import Ledger
import Matching
import Model
import Review

/// What a reviewer may do next about one exception: never more than its evidence carries.
struct ReviewHint {
    let view: ExceptionView
    /// What each candidate would post now, in their order.
    let agreements: [Agreement?]
    /// How many suspected duplicates of the deposit may be decided with it, itself among them.
    let alike: Int

    /// The lines of the hint; none where a person decides blind, or nothing is to decide.
    var lines: [String] {
        guard let reason = Reason(rawValue: view.reason), !view.actions.isEmpty, reason != .sampledForReview else {
            return []
        }
        if reason == .duplicateSuspected { return duplicate(reason) }
        guard view.actions.contains(.post) else { return [] }
        if view.isList { return list }
        guard postable(reason), let first = view.candidates.first, let agreement = agreements[0],
            agreement.paysDebt, agreement.sum == view.amount, !isTied
        else { return ["next: \(reason.remedy)"] }
        if agreement.isProposal { return split(agreement) }
        guard EvidenceWords.isMoreThanAmount(first.sentences) else { return ["next: \(reason.remedy)"] }
        return ["if it is for the first candidate: \(decide) post --to \(first.account)"]
    }

    private var decide: String { "sluice review decide \(view.id)" }

    private func duplicate(_ reason: Reason) -> [String] {
        guard let likely = view.likelyDuplicate else { return ["next: \(reason.remedy)"] }
        let one = "most likely: \(decide) duplicate --kind \(likely.kind.rawValue)"
        guard likely.kind == .toldTwice, alike > 1 else { return [one] }
        return [one, "and its deposit with it: the same with --deposit"]
    }

    private var list: [String] {
        if let first = agreements.first, let agreement = first, agreement.isProposal, agreement.sum == view.amount {
            return split(agreement)
        }
        return [
            "next: look at the remittance or its image, then say who gets how much: "
                + "\(decide) split --to ACCOUNT[:BILL]=AMOUNT …"
        ]
    }

    private func split(_ agreement: Agreement) -> [String] {
        if agreement.changes.isEmpty { return ["as the first candidate proposes: \(decide) split --candidate 1"] }
        return ["what was proposed no longer fits the book: \(decide) split --to ACCOUNT[:BILL]=AMOUNT …"]
    }

    /// Whether the reason leaves it at all likely that all of it goes to the first candidate.
    private func postable(_ reason: Reason) -> Bool {
        switch reason {
        case .accountClosed, .cashOnly, .accountFlagged, .evidenceConflict, .accountAmbiguous, .amountUnusual,
            .otherAccountsOpen, .recoveryPosted:
            false
        default: true
        }
    }

    /// Whether another candidate has as much for it as the first.
    private var isTied: Bool {
        view.candidates.count > 1 && view.candidates[0].score == view.candidates[1].score
    }
}

extension Part {
    /// What a reviewer reads of it: `52.74 to account 4815162342, bill W20002`.
    var inWords: String {
        let what = bill.map { ", bill \($0)" } ?? ", as credit: no bill takes it"
        return "\(cents) to account \(account)\(what)"
    }
}
