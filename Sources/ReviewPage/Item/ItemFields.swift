internal import Ledger
internal import Model
internal import Pipeline
internal import Review

/// An exception as the template of its page wants it.
struct ItemFields {
    let item: ShownItem
    let office: Office
    let person: Person

    private var view: ExceptionView { item.view }
    private var now: Moment { office.clock() }

    var all: Fields {
        let reason = Reason(rawValue: view.reason)
        var fields: Fields = [
            "id": view.id, "reason": view.reason, "sentence": reason?.sentence ?? "", "remedy": reason?.remedy ?? "",
            "amount": view.amount.map(money) ?? "", "what": view.what, "why": view.whyNotPosted,
            "whyTitle": view.item?.books == .posted ? "Why it is told" : "Why it was not posted",
            "age": age(since: view.openedAt, at: now), "openedAt": office.local(view.openedAt),
            "file": view.file ?? "", "isOpen": item.isOpen, "shown": item.hash, "form_token": person.formToken,
        ]
        fields["claim"] = claim
        fields["token"] = item.claim.flatMap { $0.by == person.reviewer.name ? $0.token : nil }
        fields["visit"] = item.visit.map { ["at": $0, "amount": view.turnOffAmount.map(money) ?? ""] as Fields }
        fields["owner"] = view.owner
        fields["due"] = view.dueAt.map { String($0.prefix(10)) }
        fields["waitingFor"] = view.waitingFor
        fields["caseNumber"] = view.caseNumber
        fields["closedAt"] = view.closedAt.map(office.local)
        fields["images"] = images
        fields["hasImages"] = !item.images.isEmpty
        fields["awaited"] = view.documents.filter { $0.path == nil }.map { "\($0.type) \($0.id) (\($0.status))" }
        fields["record"] = record
        fields["lines"] = view.lines.map {
            ["bill": $0.bill, "account": $0.account, "amount": $0.amount.map(money) ?? ""] as Fields
        }
        fields["hasLines"] = !view.lines.isEmpty
        fields["twin"] = twin
        fields["candidates"] = candidates
        fields["hasItem"] = view.item != nil
        fields["hasCandidates"] = !view.candidates.isEmpty
        fields["actions"] = actions
        fields["hasActions"] = canDecide
        fields["proposals"] = proposals
        // While a second person has to key what was decided, no figure of it may stand there.
        fields["hasProposals"] = !view.proposals.isEmpty && item.pending == nil
        fields["difference"] = view.heldUnit.map { money($0.difference) }
        fields["history"] = view.decisions.map(decision)
        fields["pending"] = pending
        return fields
    }

    /// Whether this person may decide it now.
    private var canDecide: Bool {
        item.pending == nil && !view.actions.isEmpty
            && (item.claim.map { $0.by == person.reviewer.name } ?? true)
    }

    private var claim: Fields? {
        guard let claim = item.claim else { return nil }
        return [
            "by": claim.by, "until": office.local(claim.expiresAt), "isMine": claim.by == person.reviewer.name,
        ]
    }

    private var images: [Fields] {
        item.images.enumerated().map { place, image in
            ["address": image.address, "title": image.title, "place": place + 1, "isFirst": place == 0]
        }
    }

    /// The data as received, each with its name; what the file leaves empty is left out.
    private var record: [Fields] {
        guard let item = view.item else { return view.batch.map { [["name": "batch", "value": $0]] } ?? [] }
        let facts: [(String, String, Bool)] = [
            ("payer", item.payer, false), ("scan line", item.scanline, true), ("account read", item.account, true),
            ("memo", item.memo, false), ("check", item.checkNumber, true), ("routing", item.routing, true),
            ("bank account", item.bankAccount, true), ("tender", item.tender, false),
            ("end-to-end id", item.endToEnd, true), ("trace", item.trace, true),
            ("reference", item.reference, true), ("deposited", item.depositOn.description, false),
            ("value day", item.valueOn == item.depositOn ? "" : item.valueOn.description, false),
            ("postmark", item.postmarkOn?.description ?? "", false), ("lockbox", item.lockbox, true),
            ("batch · item", "\(item.batch) · \(item.number)", false),
            ("envelope", item.transaction ?? "", false), ("line", String(item.line), false),
            ("stands in", "\(item.books.rawValue) (\(item.status.rawValue))", false),
        ]
        return facts.filter { !$0.1.isEmpty }.map { ["name": $0.0, "value": $0.1, "isCode": $0.2] }
    }

    /// What may be wrong with a unit that does not add up. What is to be done about another exception is only told.
    private var proposals: [Fields] {
        view.proposals.enumerated().map { place, proposal in
            var fields: Fields = ["place": place + 1, "what": proposal.what]
            guard case .object(let members) = proposal.decision else { return fields }
            func text(_ name: String) -> String? {
                guard case .string(let text) = members.first(where: { $0.name == name })?.value else { return nil }
                return text
            }
            fields["does"] = text("action")
            fields["canDo"] = canDecide && text("exception") == view.id
            return fields
        }
    }

    private var twin: Fields? {
        guard let twin = view.twin else { return nil }
        var fields: Fields = [
            "payment": twin.payment.description, "own": view.payment?.description ?? "", "file": twin.file,
            "pairs": view.twinFields.map {
                [
                    "name": $0.name.replacing("_", with: " "), "mine": $0.mine, "theirs": $0.theirs,
                    "differs": $0.differs,
                ] as Fields
            },
        ]
        if let likely = view.likelyDuplicate {
            fields["likely"] = ["kind": likely.kind.rawValue, "why": likely.why] as Fields
        }
        return fields
    }

    private var candidates: [Fields] {
        view.candidates.enumerated().map { place, candidate in
            let agreement = item.agreements[place]
            let looks = item.looks(at: place, money: money)
            var fields: Fields = [
                "place": place + 1, "account": candidate.account, "name": candidate.name,
                "evidence": candidate.sentences, "isFirst": place == 0,
                "looks": looks, "needsLook": !looks.isEmpty,
                "canAccept": canDecide && view.actions.contains(.post) && agreement != nil,
            ]
            // What is decided blind has no scores.
            if !item.isBlind { fields["score"] = candidate.score }
            fields["posts"] = agreement?.parts.map(part) ?? []
            if let agreement, let amount = view.amount, agreement.sum < amount {
                fields["left"] = money(amount - agreement.sum)
            }
            return fields
        }
    }

    private func part(_ part: Part) -> Fields {
        [
            "amount": money(part.cents), "account": part.account, "bill": part.bill ?? "",
            "isCredit": part.kind == .credit,
        ]
    }

    /// Every action that is allowed, with what its form asks for.
    private var actions: [Fields] {
        guard canDecide else { return [] }
        return view.actions.map { ActionForm($0) }.map { form in
            [
                "action": form.action.rawValue, "title": form.title, "key": form.key ?? "",
                "asksAccounts": form.asks.contains(.accounts), "asksKind": form.asks.contains(.kind),
                "asksUntil": form.asks.contains(.until), "asksTo": form.asks.contains(.to),
                "asksCase": form.asks.contains(.caseNumber), "asksItem": form.asks.contains(.item),
                "asksDifferences": form.asks.contains(.differences), "toLabel": form.toLabel,
                "likely": view.likelyDuplicate?.kind.rawValue ?? "", "amount": view.amount?.description ?? "",
            ] as Fields
        }
    }

    private func decision(_ decision: DecisionView) -> Fields {
        var fields: Fields = [
            "action": decision.action, "by": decision.by, "at": office.local(decision.at), "kind": decision.kind ?? "",
            "note": decision.note ?? "", "route": decision.route, "to": decision.to ?? "",
            "until": decision.until?.description ?? "",
        ]
        fields["allocations"] = isHidden(decision) ? [] : allocations(decision)
        fields["isUndone"] = decision.undoneBy != nil
        fields["caseNumber"] = decision.caseNumber
        if decision.timesDiffered > 0 { fields["differed"] = decision.timesDiffered }
        if let verdict = decision.verdict {
            fields["verdict"] =
                [
                    "word": verdict.isApproved ? "approved" : "declined", "by": verdict.by,
                    "at": office.local(verdict.at), "note": verdict.note ?? "",
                ] as Fields
        }
        return fields
    }

    private func allocations(_ decision: DecisionView) -> [Fields] {
        Allocations(json: decision.allocations).all.map {
            ["account": $0.account, "bill": $0.bill ?? "", "amount": money($0.amount)]
        }
    }

    /// Whether somebody must not see the amounts, who may have to key them: all but who decided.
    private func isHidden(_ decision: DecisionView) -> Bool {
        decision.isBlind && decision.by != person.reviewer.name
    }

    /// What a second person says yes or no to.
    private var pending: Fields? {
        guard let pending = item.pending else { return nil }
        let isOwn = pending.by == person.reviewer.name
        return [
            "action": pending.action, "by": pending.by, "at": office.local(pending.at), "note": pending.note ?? "",
            "allocations": isHidden(pending) ? [] : allocations(pending),
            "isBlind": isHidden(pending), "isOwn": isOwn, "kind": pending.kind ?? "",
            "isTrainee": pending.needs == .acceptance,
            "canApprove": !isOwn && person.has(.approve), "canDecline": isOwn || person.has(.approve),
        ]
    }
}
