import ArgumentParser
import Ledger
import Model
import Pipeline

struct AccountsShowCommand: SluiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show one account: balance, bills, payments, flags, plans, pledges, turn-offs.")

    @Argument(help: "The account number.")
    var account: String
    @Flag(help: "Print one JSON object.")
    var json = false
    @OptionGroup var options: HomeOptions

    func execute() throws {
        let home = try options.open()
        let today = home.configuration.calendar.localDate(try options.moment())
        let sheet = try home.ledger.read { try AccountSheet(account, in: $0, of: home.configuration, on: today) }
        guard let sheet else {
            Terminal.say("there is no account \(account)")
            throw ExitCode(64)
        }
        if json { Terminal.print(sheet.json.line) } else { sheet.print() }
    }
}

/// All that is known of one account on a day.
private struct AccountSheet {
    let today: CivilDate
    let facts: AccountFacts
    let terms: AccountTerms
    let flags: [(stated: StatedFlag, policy: FlagPolicy)]
    let bills: [OpenBill]
    let payments: [(payment: PaymentID, on: CivilDate, cents: Cents)]

    init?(_ number: String, in transaction: Transaction, of configuration: Configuration, on today: CivilDate) throws {
        guard var facts = try transaction.account(number) else { return nil }
        facts.terms = try transaction.terms(of: number, on: today)
        self.today = today
        self.facts = facts
        terms = facts.terms ?? AccountTerms()
        flags = try transaction.statedFlags(of: number, on: today).map { ($0, configuration.flags[$0.flag]) }
        bills = try transaction.allBills(of: number)
        payments = try transaction.payments(of: number)
    }

    /// Flags that forbid to turn off the water, whatever is ordered.
    private var turnOffStops: [String] { flags.filter { !$0.policy.allowsTurnOff }.map(\.stated.flag) }

    /// What extensions wait for, beside what is past due.
    private var extended: String {
        let waited = terms.extensions.compactMap(\.amount).sum
        return waited > .zero ? " beside \(waited) that is extended" : ""
    }

    func print() {
        let names = flags.map { Terminal.safe($0.stated.flag) }
        let pastDue = facts.pastDue(on: today)
        Terminal.print("\(facts.number)  \(Terminal.safe(facts.name))  \(facts.status.rawValue)")
        Terminal.print(
            "\(Terminal.safe(facts.serviceAddress))  customer \(Terminal.safe(facts.customer))  due \(facts.due)"
                + (pastDue > .zero ? "  past due \(pastDue)\(extended)" : "")
                + (terms.credit > .zero ? "  credit \(terms.credit)" : "") + (facts.cashOnly ? "  cash only" : "")
                + (names.isEmpty ? "" : "  flags: \(names.joined(separator: ", "))"))
        for line in lines { Terminal.print(Terminal.safe(line)) }
        Terminal.table(
            ["bill", "kind", "due on", "amount", "open"],
            bills.map { [$0.number, $0.kind, $0.dueOn?.description ?? "", "\($0.amount)", "\($0.open)"] },
            right: [3, 4])
        if payments.isEmpty { return }
        Terminal.table(
            ["payment", "effective", "amount"],
            payments.map { [$0.payment.description, $0.on.description, $0.cents.description] }, right: [2])
    }

    /// A line for each flag, plan, extension, pledge and turn-off.
    private var lines: [String] {
        var lines = flags.map { flag in
            "flag \(flag.stated.flag)" + (flag.stated.caseNumber.isEmpty ? "" : " (case \(flag.stated.caseNumber))")
                + (flag.stated.until.map { " until \($0)" } ?? "") + ": \(flag.policy.words)"
        }
        lines += terms.plans.map { plan in
            "plan \(plan.number) (\(plan.kind.rawValue)): instalments of \(plan.instalment)"
                + (plan.nextDueOn.map { ", next due \($0)" } ?? "")
                + (plan.remaining.map { ", \($0) remaining" } ?? "")
        }
        lines += terms.extensions.map {
            "extension \($0.number): \($0.amount.map { "\($0)" } ?? "all that is due") until \($0.until)"
        }
        lines += terms.pledges.map { "pledge \($0.number): \($0.agency) pays \($0.amount)" }
        lines += terms.turnOffs.map { order in
            let stops = turnOffStops
            let stopped = order.amountToStop == .zero ? "stopped by what was posted" : "\(order.amountToStop) stops it"
            return "turn-off \(order.order): \(order.visitOn) \(order.window), "
                + (stops.isEmpty ? stopped : "forbidden by flag \(stops.joined(separator: ", "))")
        }
        return lines
    }

    var json: JSON {
        [
            "account": .string(facts.number), "customer": .string(facts.customer), "name": .string(facts.name),
            "service_address": .string(facts.serviceAddress), "status": .string(facts.status.rawValue),
            "cash_only": .bool(facts.cashOnly), "due": JSON(facts.due), "past_due": JSON(facts.pastDue(on: today)),
            "credit": JSON(terms.credit), "flags": .array(flags.map { .string($0.stated.flag) }),
            "flag_details": .array(flags.map { $0.stated.json($0.policy) }), "plans": .array(terms.plans.map(\.json)),
            "extensions": .array(
                terms.extensions.map {
                    ["extension": .string($0.number), "until": JSON($0.until), "amount": JSON($0.amount)]
                }),
            "pledges": .array(
                terms.pledges.map {
                    ["pledge": .string($0.number), "agency": .string($0.agency), "amount": JSON($0.amount)]
                }),
            "turn_offs": .array(
                terms.turnOffs.map {
                    [
                        "order": .string($0.order), "visit_on": JSON($0.visitOn), "window": JSON(nonEmpty: $0.window),
                        "amount_to_stop": JSON($0.amountToStop),
                        "forbidden_by": .array(turnOffStops.map(JSON.string)),
                    ]
                }),
            "bills": .array(
                bills.map {
                    [
                        "bill": .string($0.number), "kind": .string($0.kind), "issued_on": JSON($0.issuedOn),
                        "due_on": JSON($0.dueOn), "amount": JSON($0.amount), "open": JSON($0.open),
                    ]
                }),
            "payments": .array(
                payments.map {
                    [
                        "payment": .string($0.payment.description), "effective_on": JSON($0.on),
                        "amount": JSON($0.cents),
                    ]
                }),
        ]
    }
}

extension StatedFlag {
    fileprivate func json(_ policy: FlagPolicy) -> JSON {
        [
            "flag": .string(flag), "from": JSON(from), "until": JSON(until), "case": JSON(nonEmpty: caseNumber),
            "note": JSON(nonEmpty: note), "payments": .string(policy.holdsPayments ? "hold" : "post"),
            "letters": .bool(policy.allowsLetters), "fees": .bool(policy.allowsFees),
            "turn_off": .bool(policy.allowsTurnOff),
        ]
    }
}

extension FlagPolicy {
    /// What it lets happen, for a clerk: `payments on hold; no letters, no fees, no turn-off`.
    fileprivate var words: String {
        let forbidden = [("letters", allowsLetters), ("fees", allowsFees), ("turn-off", allowsTurnOff)]
            .filter { !$0.1 }.map { "no \($0.0)" }
        return ([holdsPayments ? "payments on hold" : "payments post"] + forbidden).joined(separator: ", ")
    }
}

extension PaymentPlan {
    fileprivate var json: JSON {
        [
            "plan": .string(number), "kind": .string(kind.rawValue), "instalment": JSON(instalment),
            "next_due_on": JSON(nextDueOn), "remaining": JSON(remaining), "bills": .array(bills.map(JSON.string)),
        ]
    }
}
