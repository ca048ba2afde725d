import ArgumentParser
import Files
import Formats
import Foundation
import Model
import Pipeline

struct InspectCommand: SluiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect", abstract: "Read a file, print what it says, post nothing.",
        discussion: """
            Needs no home; in one, its layouts are used. Exit status 0 when the file could be read, 65 when it is
            refused; what was found is printed in both cases.
            """)

    @Argument(help: "A bank file, or - for standard input.", completion: .file())
    var file: String
    @Option(help: "Read it by this layout: a name, or a YAML file.", completion: .file(extensions: ["yaml"]))
    var layout: String?
    @Option(
        help: "Note where an XML file is not as its schema in this folder of .xsd files has it.",
        completion: .directory)
    var schema: String?
    @Flag(help: "Print one JSON object.")
    var json = false
    @Flag(help: "Print every item as well, as JSON Lines.")
    var items = false
    @Flag(help: "Explain each fault: what it means and what to do.")
    var explain = false
    @OptionGroup var options: HomeOptions

    func execute() throws {
        let reading = try Reading(layout: layout, options)
        let input = file == "-" ? OpenFile.standardInput() : try OpenFile(reading: file)
        var batch = ""
        var number = 0
        // Items follow the summary, which stands at the end of the reading: they wait in a file of their own.
        let spool = items ? tmpfile() : nil
        func write(_ event: ReadEvent) {
            switch event {
            case .batchBegins(let begun): batch = begun.number
            case .item(let item):
                number += 1
                if let spool { fputs(item.json(batch: batch, place: number).line + "\n", spool) }
            default: break
            }
        }
        var survey = try Survey(
            input, by: reading, progress: { Terminal.progress("\($0) items") }, each: items ? write : nil)
        Terminal.progress("")
        if let schema, survey.tally.refusal == nil {
            for fault in try faults(bySchemasIn: schema) { survey.tally.take(.fault(fault)) }
        }
        if json { Terminal.print(survey.json.line) } else { show(survey) }
        if let spool { copy(spool) }
        if survey.tally.refusal != nil { throw Exit.refused }
    }

    func validate() throws {
        if schema != nil, file == "-" {
            throw ValidationError("--schema reads the file again; give the file's name instead of -")
        }
    }

    /// Reads the file again, from its name.
    private func faults(bySchemasIn folder: String) throws -> [Fault] {
        let names = try Folder.names(folder).filter { $0.hasSuffix(".xsd") }.sorted()
        var check = SchemaCheck(schemas: try names.map { ($0, try FileBytes.read("\(folder)/\($0)")) })
        do {
            try OpenFile(reading: file).pieces(of: 1 << 16) { try check.feed(Array($0).span) }
            return try check.finish()
        } catch let refused as FileRefused {
            return [Fault(.schemaInvalid, .note, at: refused.fault.position, refused.fault.message)]
        }
    }

    private func copy(_ spool: UnsafeMutablePointer<FILE>) {
        rewind(spool)
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = fread(&buffer, 1, buffer.count, spool)
            if count == 0 { break }
            fwrite(buffer, 1, count, Terminal.output)
        }
        fclose(spool)
    }

    private func verdict(_ tally: Tally) -> String {
        if tally.refusal != nil { return "refused: nothing of it would be posted" }
        return tally.isBalanced ? "every declared total is right" : "out of balance: see the faults"
    }

    private func show(_ survey: Survey) {
        let tally = survey.tally
        let name = survey.claim.map { $0.format + ($0.version.map { ".\($0)" } ?? "") } ?? "unknown format"
        Terminal.print(
            "\(name)\(survey.claim?.layout.map { ", layout \($0)" } ?? ""): \(Terminal.count(tally.items, "item"))")
        for sum in tally.currencies {
            Terminal.print("\(sum.currency): credits \(sum.credits), debits \(sum.debits), pending \(sum.pending)")
        }
        Terminal.print(verdict(tally))
        if !tally.batches.isEmpty, tally.batches.count <= 200 {
            Terminal.table(
                ["batch", "items", "amount", "declared items", "declared amount"],
                tally.batches.map {
                    [
                        $0.number, String($0.items), $0.net.description, $0.declared.items.map { String($0) } ?? "",
                        $0.declared.net?.description ?? "",
                    ]
                }, right: [1, 2, 3, 4])
        }
        for fault in tally.faults {
            let place = fault.position.line > 0 ? "line \(fault.position.line): " : ""
            Terminal.print(
                "\(fault.severity.rawValue): \(place)\(fault.reason.rawValue): \(Terminal.safe(fault.message))")
            if explain { Terminal.print("    \(fault.reason.sentence) \(fault.reason.remedy)") }
        }
    }
}

extension Reading {
    /// Reads by a layout, named or a YAML file of its own, or as the file tells where none is given.
    init(layout: String?, _ options: HomeOptions) throws {
        if let layout, layout.hasSuffix(".yaml") {
            let text = String(decoding: try FileBytes.read(layout), as: UTF8.self)
            let format = try Layout(yaml: text, file: layout).format
            self.init(formats: [format], layout: format.name)
            return
        }
        let formats = try (try? options.open())?.readableFormats ?? Home.defaultFormats()
        let named = layout.map { name in
            formats.first { $0.name == name || $0.name.contains("(\(name))") }?.name ?? name
        }
        self.init(formats: formats, layout: named)
    }
}

extension Survey {
    /// The contract's fields of `inspect --json`.
    var json: JSON {
        [
            "format": JSON(claim?.format), "version": JSON(claim?.version), "layout": JSON(claim?.layout),
            "items": JSON(tally.items),
            "totals": .array(
                tally.currencies.map {
                    [
                        "currency": .string($0.currency), "items": JSON($0.items), "credits": JSON($0.credits),
                        "debits": JSON($0.debits), "pending": JSON($0.pending),
                    ]
                }),
            "balanced": .bool(tally.refusal == nil && tally.isBalanced),
            "batches": .array(
                tally.batches.map {
                    [
                        "batch": .string($0.number), "items": JSON($0.items), "amount": JSON($0.net),
                        "declared_items": JSON($0.declared.items), "declared_amount": JSON($0.declared.net),
                    ]
                }),
            "faults": .array(tally.faults.map(\.json)), "refused": .bool(tally.refusal != nil),
        ]
    }
}

extension Fault {
    var json: JSON {
        [
            "code": .string(reason.rawValue), "severity": .string(severity.rawValue),
            "line": position.line > 0 ? JSON(position.line) : .null,
            "record": position.record > 0 ? JSON(position.record) : .null, "field": JSON(nonEmpty: field),
            "message": .string(message),
        ]
    }
}

extension Item {
    /// One item as read, bank account masked.
    func json(batch: String, place: Int) -> JSON {
        [
            "place": JSON(place), "batch": .string(batch), "transaction": JSON(nonEmpty: transaction),
            "item": .string(number), "line": JSON(position.line), "amount": JSON(amount),
            "amount_text": JSON(nonEmpty: amountText), "currency": JSON(nonEmpty: currency),
            "direction": .string(direction.rawValue), "booking": .string(booking.rawValue), "return": .bool(isReturn),
            "kind": .string(kind.rawValue), "original": original.map(\.json) ?? .null,
            "tender": .string(tender.rawValue), "check_number": JSON(nonEmpty: checkNumber),
            "routing": JSON(nonEmpty: routing), "bank_account": JSON(nonEmpty: masked(bankAccount)),
            "payer": JSON(nonEmpty: payer), "account": JSON(nonEmpty: account), "scanline": JSON(nonEmpty: scanline),
            "memo": JSON(nonEmpty: maskingBankNumbers(in: memo, own: bankAccount)),
            "end_to_end": JSON(nonEmpty: endToEnd), "trace": JSON(nonEmpty: trace),
            "reference": JSON(nonEmpty: reference), "deposit_on": JSON(depositDate), "value_on": JSON(valueDate),
            "lines": .array(
                lines.map {
                    ["account": JSON(nonEmpty: $0.account), "bill": JSON(nonEmpty: $0.bill), "amount": JSON($0.amount)]
                }),
            "images": .array(images.map { .string($0.name) }),
        ]
    }
}

extension Original {
    /// What an item says of an earlier one, bank accounts masked.
    var json: JSON {
        [
            "code": JSON(nonEmpty: code), "text": JSON(nonEmpty: maskingNumbers(in: text)),
            "trace": JSON(nonEmpty: trace), "end_to_end": JSON(nonEmpty: endToEnd),
            "routing": JSON(nonEmpty: routing), "amount": JSON(amount), "settled_on": JSON(date),
            "disputed": .bool(isDisputed),
        ]
    }
}
