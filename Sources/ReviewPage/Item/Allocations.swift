internal import FoundationEssentials
internal import Model
internal import Review

/// The allocations of a decision as it was kept.
struct Allocations {
    let all: [Decision.Allocation]

    init(json: String) {
        let stated = (try? JSONDecoder().decode([Stated].self, from: Data(json.utf8))) ?? []
        all = stated.compactMap { share in
            (try? Cents(share.amount)).map {
                Decision.Allocation(account: share.account, bill: share.bill, amount: $0)
            }
        }
    }

    private struct Stated: Decodable {
        let account: String
        let bill: String?
        let amount: String
    }
}
