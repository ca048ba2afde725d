internal import Ledger
package import Model

extension ExceptionView {
    /// `exception.json`: the contract's fields in their order; what does not apply is null.
    package var json: JSON {
        [
            "id": .string(id), "reason": .string(reason), "severity": .string(severity),
            "opened_at": .string(openedAt), "intake": JSON(intake), "file": JSON(file), "batch": JSON(batch),
            "transaction": JSON(item?.transaction), "item": JSON(item?.number), "payment": JSON(payment?.description),
            "amount": JSON(amount), "what": .string(what), "why_not_posted": .string(whyNotPosted), "record": record,
            "candidates": .array(candidates.map(\.json)), "documents": .array(documents.map(\.json)),
            "twin": twin?.json ?? .null, "owner": JSON(owner), "claimed_by": JSON(claimedBy),
            "claim_expires_at": JSON(claimExpiresAt), "due_at": JSON(dueAt), "waiting_for": JSON(waitingFor),
            "turn_off_at": JSON(turnOffAt), "actions": .array(actions.map { .string($0.rawValue) }),
            "turn_off_amount": JSON(turnOffAmount), "closed_at": JSON(closedAt),
            "decisions": .array(decisions.map(\.json)),
        ]
    }

    private var record: JSON {
        guard let item else { return .null }
        return [
            "line": .int(item.line), "amount": JSON(item.amount), "currency": JSON(nonEmpty: item.currency),
            "tender": .string(item.tender), "check_number": JSON(nonEmpty: item.checkNumber),
            "routing": JSON(nonEmpty: item.routing), "bank_account": JSON(nonEmpty: item.bankAccount),
            "payer": JSON(nonEmpty: item.payer), "account": JSON(nonEmpty: item.account),
            "scanline": JSON(nonEmpty: item.scanline), "memo": JSON(nonEmpty: item.memo),
            "end_to_end": JSON(nonEmpty: item.endToEnd), "trace": JSON(nonEmpty: item.trace),
            "reference": JSON(nonEmpty: item.reference), "deposit_on": JSON(item.depositOn),
            "value_on": JSON(item.valueOn), "postmark_on": JSON(item.postmarkOn),
            "lines": .array(
                lines.map {
                    ["account": JSON(nonEmpty: $0.account), "bill": JSON(nonEmpty: $0.bill), "amount": JSON($0.amount)]
                }),
        ]
    }
}

extension CandidateRow {
    var json: JSON {
        [
            "account": .string(account), "name": .string(name), "score": .int(Int64(score)),
            "evidence": .written(evidence), "posting": .written(posting),
        ]
    }
}

extension DocumentView {
    var json: JSON {
        ["document": .string(id), "type": .string(type), "status": .string(status), "path": JSON(path)]
    }
}

extension TwinView {
    var json: JSON {
        [
            "payment": .string(payment.description), "file": .string(file), "batch": .string(batch),
            "item": .string(item), "amount": JSON(amount), "status": .string(status),
            "check_number": JSON(nonEmpty: checkNumber), "end_to_end": JSON(nonEmpty: endToEnd),
            "payer": JSON(nonEmpty: payer), "value_on": JSON(valueOn),
        ]
    }
}

extension DecisionView {
    var json: JSON {
        [
            "decision": .int(number), "action": .string(action), "allocations": .written(allocations),
            "kind": JSON(kind), "reason": JSON(reason), "note": JSON(note), "by": .string(by), "at": .string(at),
        ]
    }
}
