internal import Files
internal import Ledger
internal import Model
internal import Review

/// `decision.json` files that people put into exceptions' folders. Who decided is the file's owner, never its text.
struct DroppedDecisions {
    let home: Home
    let now: Moment

    /// Applies all, each in its own transaction. Returns how many, a sentence for each that was refused, and the rules
    /// that were demoted by them.
    func apply() throws -> (applied: Int, refused: [String], demoted: [RuleFigures]) {
        var applied = 0
        var refused: [String] = []
        var demoted: [RuleFigures] = []
        for id in try home.ledger.read({ try $0.openExceptions() }) {
            let path = "\(home.path)/review/open/\(id)/decision.json"
            guard Folder.identity(path)?.isRegular == true else { continue }
            do {
                let decision = try Decision(json: try FileBytes.read(path, limit: 1 << 20), exception: id)
                guard decision.exception == id else {
                    throw DecisionRefused("it names exception \(decision.exception) and lies in the folder of \(id)")
                }
                demoted += try carryOut(decision, by: try Folder.owner(of: path))
                // A note leaves its exception open: carried out, it must not be found again by the next run.
                try Folder.removeFile(path)
                applied += 1
            } catch let refusal as DecisionRefused {
                refused.append("\(path): \(refusal)")
            } catch let fault as FileFault {
                // What a person dropped cannot stop the run: it is told, and stays where it is.
                refused.append(fault.description)
            }
        }
        return (applied, refused, demoted)
    }

    private func carryOut(_ decision: Decision, by user: String) throws -> [RuleFigures] {
        try home.ledger.write { transaction in
            let reviewer: Reviewer
            do {
                reviewer = try transaction.reviewer(systemUser: user)
            } catch let refused as NotAllowed {
                throw DecisionRefused(refused.description)
            }
            try home.deciding(transaction, by: reviewer, route: .folder, at: now).apply(decision)
            return try home.judgeRules(transaction, at: now)
        }
    }
}
