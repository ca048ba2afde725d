import ArgumentParser
struct DocumentsCommand: ParsableCommand {}
