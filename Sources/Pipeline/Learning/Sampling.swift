internal import Files
internal import Ledger
internal import Matching
internal import Model

/// Draws the payments that a person decides blind although a rule would post them.
///
/// What is drawn follows from the payment's id and a key alone: the same after any crash, and not to be foreseen by
/// who sends the file.
struct Sampling {
    private let oneIn: Int64
    private let hash: KeyedHash

    /// As the policy says; nil where it wants no sample.
    init?(_ home: Home) {
        let configuration = home.configuration
        guard configuration.sampleOneIn > 0 else { return nil }
        let seed = configuration.sampleSeed
        self.init(oneIn: configuration.sampleOneIn, key: seed.isEmpty ? home.secret : Array(seed.utf8))
    }

    init(oneIn: Int, key: [UInt8]) {
        self.oneIn = Int64(oneIn)
        hash = KeyedHash(key: key)
    }

    /// Whether a payment is of the sample.
    func draws(_ payment: PaymentID) -> Bool { hash("sample \(payment)") % oneIn == 0 }

    /// What the reviewer sees of a payment of the sample: all accounts that came up, in the order of their numbers, and
    /// nothing that tells which of them was chosen.
    static func blind(_ examination: Examination) -> Verdict {
        let candidates = examination.candidates.sorted { $0.account < $1.account }.map { candidate in
            var candidate = candidate
            (candidate.score, candidate.proposal) = (0, [])
            return candidate
        }
        return Verdict(
            reason: .sampledForReview, why: "it is of the sample by which the rules are measured", rule: "sampled/1",
            proof: .weak, candidates: candidates)
    }
}

extension Sample {
    /// What a verdict would have done with a payment.
    init(_ payment: PaymentID, _ verdict: Verdict) {
        var shares: [String: Cents] = [:]
        for share in verdict.shares { shares[share.account, default: .zero] += share.cents }
        self.init(
            payment: payment, rule: verdict.rule, proof: verdict.proof.rawValue, why: verdict.why, shares: shares)
    }
}
