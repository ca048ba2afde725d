internal import DefaultConfig
package import Files
package import Formats
package import Ledger
internal import Model

/// The directory that holds one office's state, opened: its configuration, layouts, secret and ledger.
package struct Home {
    package let path: String
    package let configuration: Configuration
    package let ledger: Ledger
    let formats: [Format]
    let layouts: [Layout]
    let secret: [UInt8]

    /// The folders of a home.
    static let folders = [
        "config/layouts", "inbox", WorkFolder.name, "archive", "review/open", "review/closed", "documents", "outbox",
    ]

    /// Opens a home. `changes` to keys of the policy's `matching` are tried out, and stand in no file.
    ///
    /// - Throws: `HomeFault` where there is none, `ConfigFault` where its configuration is wrong, `LedgerFault`.
    package init(opening path: String, changes: [String: String] = [:]) throws {
        guard let absolute = Folder.absolute(path), Folder.identity(absolute + "/config/sluice.yaml") != nil else {
            throw HomeFault("\(path) is not a home of Sluice; make one with: sluice init \(path)")
        }
        self.path = absolute
        // First what is soon seen: a folder of layouts alone, as this repository has one, is no home.
        secret = try FileBytes.read(absolute + "/config/secret.key", limit: 4096)
        guard secret.count >= 32 else { throw HomeFault("\(absolute)/config/secret.key holds no key of 32 bytes") }
        configuration = try Configuration(changes: changes) { file in
            String(decoding: try Home.configuration(file, of: absolute), as: UTF8.self)
        }
        layouts = try Home.layouts(in: absolute + "/config/layouts")
        formats = builtInFormats + layouts.map(\.format)
        ledger = try Ledger(path: absolute + "/sluice.sqlite", createsFile: false)
    }

    /// Makes a home with the default configuration, a new secret and an empty ledger.
    ///
    /// - Throws: `HomeFault` where something stands there that is not empty.
    package static func make(_ path: String) throws {
        if Folder.identity(path) != nil, try !Folder.names(path).isEmpty {
            throw HomeFault("\(path) is there already and is not empty; choose a new folder")
        }
        for folder in folders { try Folder.make("\(path)/\(folder)") }
        for file in DefaultConfig.files {
            try FileBytes.write(file.bytes, to: "\(path)/config/\(file.path)", mark: "init")
        }
        try FileBytes.write(randomBytes(32), to: "\(path)/config/secret.key", mark: "init")
        _ = try Ledger(path: "\(path)/sluice.sqlite")
    }

    /// The bytes of a configuration file; the default's where the home was made before there was such a file.
    private static func configuration(_ file: String, of home: String) throws -> [UInt8] {
        let path = "\(home)/config/\(file)"
        if Folder.identity(path) == nil, file == "duties.yaml",
            let standard = DefaultConfig.files.first(where: { $0.path == file })
        {
            return standard.bytes
        }
        return try FileBytes.read(path)
    }

    /// A folder's layouts, by the names of their files.
    private static func layouts(in folder: String) throws -> [Layout] {
        var layouts: [Layout] = []
        for name in try Folder.names(folder) where name.hasSuffix(".yaml") {
            let text = String(decoding: try FileBytes.read("\(folder)/\(name)"), as: UTF8.self)
            layouts.append(try Layout(yaml: text, file: "config/layouts/\(name)"))
        }
        return layouts
    }

    /// All formats that can be read without a home: the built-in ones and the default layouts.
    package static func defaultFormats() throws -> [Format] {
        let layouts = DefaultConfig.files.filter { $0.path.hasPrefix("layouts/") }
        return builtInFormats
            + (try layouts.map {
                try Layout(yaml: String(decoding: $0.bytes, as: UTF8.self), file: "config/\($0.path)").format
            })
    }

    /// What this home can read.
    package var readableFormats: [Format] { formats }

    /// Takes the home for one writer; nil where another process has it for longer than so many seconds.
    package func claim(waiting seconds: Int = 0) throws -> HomeLock? {
        for second in 0...seconds {
            if let lock = try HomeLock(WorkFolder.path(of: path) + "/.lock") { return lock }
            if second < seconds { try Pause.seconds(1) }
        }
        return nil
    }
}

/// A home that is not there or cannot be used.
package struct HomeFault: Error, CustomStringConvertible {
    package let description: String
    package init(_ description: String) { self.description = description }
}
