/// Where a home keeps what is under way: a folder for each intake, and the lock.
package enum WorkFolder {
    /// Its name in the home.
    package static let name = "work"

    /// The folder of a home.
    package static func path(of home: String) -> String { "\(home)/\(name)" }

    /// The folder of one intake, which holds nothing but its private copy.
    package static func path(of home: String, intake: Int64) -> String { "\(path(of: home))/\(intake)" }
}
