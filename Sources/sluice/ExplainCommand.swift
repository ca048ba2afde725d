import ArgumentParser
import Ledger
import Model
import Pipeline
import Review

struct ExplainCommand: SluiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Say why a payment stands where it stands.",
        discussion: "Payment ids are <intake>-<n>, as sluice payments lists them.")

    @Argument(help: "The payment, such as 3-17.")
    var payment: String
    @Flag(help: "Print one JSON object.")
    var json = false
    @OptionGroup var options: HomeOptions

    func execute() throws {
        guard let id = PaymentID(payment) else { throw ValidationError("\"\(payment)\" is not a payment like 3-17") }
        let home = try options.open()
        try home.ledger.read { transaction in
            var filter = PaymentFilter()
            filter.payment = id
            var found: PaymentLine?
            try transaction.payments(filter) { found = $0 }
            guard let line = found else {
                Terminal.say("there is no payment \(id)")
                throw ExitCode(64)
            }
            let exceptions = try transaction.exceptions(of: id)
            let journal = try transaction.journal(of: id)
            let unit = try transaction.unit(toldBy: id)
            let explanation = try Explaining(home: home, transaction).explain(id)
            let alike = try transaction.paidAlike(id, within: home.configuration.duplicateDays)
            if json { return Terminal.print(asJSON(line, exceptions, journal, unit, explanation, alike).line) }
            show(
                line, exceptions, journal, unit, explanation, advices: try transaction.advices(of: id),
                standing: try transaction.advice(id))
            for other in alike {
                let check = other.checkNumber.isEmpty ? "" : ", check \(other.checkNumber)"
                Terminal.print(
                    "Perhaps paid twice: payment \(other.payment) of \(other.on)\(check) paid the same to account "
                        + "\(other.account); one of both is credit.")
            }
        }
    }

    typealias Journal = [(name: String, kind: String, postedOn: CivilDate, line: JournalLine)]

    /// `standing` is that of an advice: the payment it belongs to, if it has found it.
    private func show(
        _ line: PaymentLine, _ exceptions: [ExceptionView], _ journal: Journal, _ unit: ToldUnitView?,
        _ explanation: Explanation?,
        advices: [(advice: PaymentID, file: String, isDirecting: Bool)], standing: PaymentID??
    ) {
        Terminal.print(
            "Payment \(line.payment): \(line.amount) from "
                + "\(Terminal.safe(line.payer.isEmpty ? "an unnamed payer" : line.payer)), "
                + "\(line.file) batch \(line.batch) item \(line.item). \(whereItStands(line))")
        let read = [("account", line.accountRead), ("memo", line.memo), ("check", line.checkNumber)]
            .filter { !$0.1.isEmpty }.map { "\($0.0) \"\(Terminal.safe($0.1))\"" }
        if !read.isEmpty { Terminal.print("It says: \(read.joined(separator: ", ")).") }
        showDecisions(exceptions)
        if line.rule.hasPrefix("not-matched/") || [Reason.toldElsewhere, .toldTwice].contains(line.reasonCode),
            let reason = line.reasonCode
        {
            let isOpen = exceptions.isEmpty || exceptions.contains { $0.closedAt == nil }
            let remedy = isOpen ? " \(reason.remedy)" : ""
            Terminal.print("No account was looked for: \(reason.rawValue). \(reason.sentence)\(remedy)")
        } else if line.reasonCode == .sampledForReview {
            Terminal.print("\(Reason.sampledForReview.sentence)")
        } else {
            let isByPerson = exceptions.contains { $0.decisions.contains { $0.movesMoney } }
            let decided = isByPerson && line.proof == "P3" ? "Before that it was held by rule" : "Decided by rule"
            Terminal.print("\(decided) \(line.rule), proof \(line.proof): \(proofInWords(line.proof)).")
            if let why = explanation?.why { Terminal.print("Why: \(Terminal.safe(why)).") }
        }
        if let twin = line.twin { Terminal.print("See also payment \(twin).") }
        for advice in advices {
            Terminal.print("Advice \(advice.advice), \(Terminal.safe(advice.file)), tells what it pays.")
        }
        if let standing {
            Terminal.print(standing.map { "It tells what payment \($0) pays." } ?? "It waits for its payment.")
        }
        if let unit { Terminal.print("It stands for \(inWords(unit)).") }
        if line.reason == Reason.toldTwice.rawValue, let twin = line.twin {
            Terminal.print("It is payment \(twin), told again.")
        }
        for exception in exceptions {
            let why = asSentence(exception.whyNotPosted)
            // A reason that has nothing to add was said just before.
            let more = exception.what.hasSuffix(why) ? "" : " \(Terminal.safe(why))"
            Terminal.print("Exception \(exception.id): \(Terminal.safe(exception.what))\(more)")
        }
        if let explanation { show(explanation) }
        if !journal.isEmpty {
            Terminal.table(
                ["entry", "posted on", "ledger account", "account", "bill", "debit", "credit"],
                journal.map { entry in
                    let cents = entry.line.cents
                    return [
                        entry.name, entry.postedOn.description, entry.line.ledgerAccount.rawValue,
                        entry.line.account ?? "", entry.line.bill ?? "", cents > .zero ? "\(cents)" : "",
                        cents < .zero ? "\(-cents)" : "",
                    ]
                }, right: [5, 6])
        }
    }

    /// What people said of it, before what the rules did.
    private func showDecisions(_ exceptions: [ExceptionView]) {
        for exception in exceptions {
            for decision in exception.decisions {
                let kind = decision.kind.map { " (\($0))" } ?? ""
                let note = decision.note.map { " (\(Terminal.safe($0)))" } ?? ""
                Terminal.print(
                    "Exception \(exception.id) was decided: \(decision.action)\(kind) by \(decision.by) at "
                        + "\(decision.at)\(note)" + (decision.undoneBy == nil ? "" : ", and undone"))
            }
        }
    }

    /// Where the payment stands, and its money where that is another word.
    private func whereItStands(_ line: PaymentLine) -> String {
        let books: String? =
            switch line.books {
            case Books.onHold.rawValue: "its money is on hold"
            case Books.dueToOthers.rawValue: "its money is due to others"
            case Books.none.rawValue: "it is on no book"
            case line.status: nil
            default: "its money is in \(line.books)"
            }
        let status = line.status == PaymentStatus.suspense.rawValue ? "in suspense" : line.status
        return "It is \(status)\(books.map { "; \($0)" } ?? "")."
    }

    private func asSentence(_ text: String) -> String {
        let capital = text.prefix(1).uppercased() + text.dropFirst()
        return capital.hasSuffix(".") || capital.isEmpty ? capital : capital + "."
    }

    private func show(_ explanation: Explanation) {
        if !explanation.candidates.isEmpty {
            Terminal.print(explanation.isAsShown ? "As shown to the reviewer:" : "In the book as it stood then:")
        }
        for (index, candidate) in explanation.candidates.enumerated() {
            Terminal.print(
                "Candidate \(index + 1): \(candidate.account) \(Terminal.safe(candidate.name)), "
                    + "score \(candidate.score)")
            for evidence in candidate.evidence { Terminal.print("    \(Terminal.safe(evidence))") }
        }
        for sentence in [explanation.whyNotNext, explanation.sample, explanation.change] {
            if let sentence { Terminal.print(Terminal.safe(sentence)) }
        }
    }

    private func inWords(_ unit: ToldUnitView) -> String {
        let box = unit.lockbox.isEmpty ? "" : " of \(Terminal.safe(unit.lockbox))"
        let name = unit.batch.map { "batch \($0)" } ?? "the deposit"
        return "\(name)\(box) of \(unit.date) in \(Terminal.safe(unit.file)), "
            + "intake \(unit.intake): \(unit.items) items over \(unit.total)"
    }

    private func proofInWords(_ proof: String) -> String {
        switch proof {
        case "P1": "two independent keys agree"
        case "P2": "one strong key, and nothing contradicts it"
        default: "not proven enough to post without a person"
        }
    }

    private func asJSON(
        _ line: PaymentLine, _ exceptions: [ExceptionView], _ journal: Journal, _ unit: ToldUnitView?,
        _ explanation: Explanation?, _ alike: [PaidAlike]
    ) -> JSON {
        let more: [JSON.Member] = [
            JSON.Member("stands_for", unit?.json ?? .null),
            JSON.Member(
                "paid_alike",
                .array(
                    alike.map {
                        [
                            "payment": .string($0.payment.description), "account": .string($0.account),
                            "value_on": JSON($0.on), "check_number": JSON(nonEmpty: $0.checkNumber),
                        ]
                    })),
            JSON.Member("exceptions", .array(exceptions.map(\.json))),
            JSON.Member("evidence", .array(evidence(line, explanation))),
            JSON.Member("why", JSON(explanation?.why)), JSON.Member("why_not_next", JSON(explanation?.whyNotNext)),
            JSON.Member("asked_again", JSON(explanation?.change)), JSON.Member("sample", JSON(explanation?.sample)),
            JSON.Member(
                "journal",
                .array(
                    journal.map {
                        [
                            "entry": .string($0.name), "kind": .string($0.kind), "posted_on": JSON($0.postedOn),
                            "ledger_account": .string($0.line.ledgerAccount.rawValue), "account": JSON($0.line.account),
                            "bill": JSON($0.line.bill), "amount": JSON($0.line.cents),
                        ]
                    })),
        ]
        return line.json(exception: exceptions.last?.id).adding(more)
    }

    /// The candidates with their evidence; `posting` is what a reviewer was shown that a click would do.
    private func evidence(_ line: PaymentLine, _ explanation: Explanation?) -> [JSON] {
        (explanation?.candidates ?? []).map { candidate in
            let row = line.candidates.first { $0.account == candidate.account }
            return [
                "account": .string(candidate.account), "name": .string(candidate.name),
                "score": JSON(candidate.score), "evidence": .array(candidate.evidence.map(JSON.string)),
                "posting": row.map { .written($0.posting) } ?? [],
            ]
        }
    }
}

extension PaymentLine {
    fileprivate var reasonCode: Reason? { reason.flatMap(Reason.init(rawValue:)) }
}

extension ToldUnitView {
    fileprivate var json: JSON {
        [
            "intake": .int(intake), "file": .string(file), "lockbox": JSON(nonEmpty: lockbox), "batch": JSON(batch),
            "credited_on": JSON(date), "items": .int(items), "amount": JSON(total), "reconciled_at": .string(at),
        ]
    }
}
