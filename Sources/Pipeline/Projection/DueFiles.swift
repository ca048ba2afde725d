extension Home {
    /// Writes every file that is due; who calls it holds the home's lock.
    package func writeDueFiles() throws { try Projector(home: self).writeAll() }
}
