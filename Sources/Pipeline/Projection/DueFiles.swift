extension Home {
    /// Writes every file that is due; who calls it holds the home's lock.
    package func writeDueFiles() throws { try Projector(home: self).writeAll() }

    /// Writes every file that is due, such as those that say who holds what, unless a run has the home: it writes them.
    package func writeDueFilesIfFree() throws {
        guard let lock = try claim() else { return }
        try withExtendedLifetime(lock) { try writeDueFiles() }
    }
}
