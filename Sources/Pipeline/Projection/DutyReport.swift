internal import Ledger
internal import Model
internal import Review

extension Renderer {
    /// What one person did on a day though `config/duties.yaml` keeps it apart: a row each, for a third to look at.
    func dutyReport(_ day: String, into buffer: inout RenderBuffer) throws {
        guard let day = CivilDate(iso: day) else { throw LedgerFault("no day \(day) to report duties of") }
        try buffer.write("user,did,beside,subject,day,at\r\n")
        for breach in try transaction.dutyBreaches(from: day, to: day) {
            let fields = [
                breach.user, breach.right, breach.beside, breach.subject ?? "", breach.day.description, breach.at,
            ]
            try buffer.write(fields.map(csvField).joined(separator: ",") + "\r\n")
        }
    }
}
