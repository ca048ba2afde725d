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
            "twin": twinJSON, "owner": JSON(owner), "claimed_by": JSON(claimedBy),
            "claim_expires_at": JSON(claimExpiresAt), "due_at": JSON(dueAt), "waiting_for": JSON(waitingFor),
            "turn_off_at": JSON(turnOffAt), "actions": .array(actions.map { .string($0.rawValue) }),
            "turn_off_amount": JSON(turnOffAmount), "closed_at": JSON(closedAt),
            "decisions": .array(decisions.map(\.json)), "back_on": JSON(backOn), "case": JSON(caseNumber),
            "waits_for_second_person": JSON(decisions.first { $0.number == pendingDecision }?.by),
        ]
    }

    private var record: JSON { item?.record(lines) ?? .null }

    /// The twin with its own record, which of both differ in, and what the duplicate most likely is.
    private var twinJSON: JSON {
        guard let twin else { return .null }
        let item = twin.item
        return [
            "payment": .string(twin.payment.description), "file": .string(twin.file), "batch": .string(item.batch),
            "item": .string(item.number), "amount": JSON(item.amount), "status": .string(item.status.rawValue),
            "check_number": JSON(nonEmpty: item.checkNumber), "end_to_end": JSON(nonEmpty: item.endToEnd),
            "payer": JSON(nonEmpty: item.payer), "value_on": JSON(item.valueOn), "record": item.record(twin.lines),
            "differs": .array(twinFields.filter(\.differs).map { .string($0.name) }),
            "likely": likelyDuplicate.map { ["kind": .string($0.kind.rawValue), "why": .string($0.why)] } ?? .null,
        ]
    }
}

extension ItemView {
    /// The item as received, bank account masked.
    fileprivate func record(_ lines: [RemittanceLine]) -> JSON {
        [
            "line": .int(line), "amount": JSON(amount), "currency": JSON(nonEmpty: currency),
            "tender": .string(tender), "check_number": JSON(nonEmpty: checkNumber),
            "routing": JSON(nonEmpty: routing), "bank_account": JSON(nonEmpty: bankAccount),
            "payer": JSON(nonEmpty: payer), "account": JSON(nonEmpty: account),
            "scanline": JSON(nonEmpty: scanline), "memo": JSON(nonEmpty: memo),
            "end_to_end": JSON(nonEmpty: endToEnd), "trace": JSON(nonEmpty: trace),
            "reference": JSON(nonEmpty: reference), "deposit_on": JSON(depositOn),
            "value_on": JSON(valueOn), "postmark_on": JSON(postmarkOn),
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

extension DecisionView {
    var json: JSON {
        [
            "decision": .int(number), "action": .string(action), "allocations": .written(allocations),
            "kind": JSON(kind), "reason": JSON(reason), "note": JSON(note), "by": .string(by), "at": .string(at),
            "until": JSON(until), "to": JSON(to), "case": JSON(caseNumber), "needs": JSON(needs?.rawValue),
            "verdict": verdict.map { verdict in
                [
                    "approved": .bool(verdict.isApproved), "by": .string(verdict.by), "at": .string(verdict.at),
                    "note": JSON(verdict.note),
                ]
            } ?? .null,
            "undoes": JSON(undoes), "undone_by": JSON(undoneBy),
        ]
    }
}
