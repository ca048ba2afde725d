internal import Files
package import Ledger
package import Model

package struct ImageSet {
    package struct Member { package var name: String; package var sha256: String; package var bytes: Int64 }
    package var members: [Member] = []
    package init?(path: String) throws { return nil }
    package static func isImageName(_ name: String) -> Bool { name.hasSuffix(".tif") }
    package static func digest(of members: [(String, String)]) -> String { SHA256Digest.of([]) }
    package static func digest(ofFolder path: String) throws -> String { "" }
}
package struct OverdueImages {
    package var deposit: Int64; package var intake: IntakeID; package var missing: Int; package var names: [String]
}
package func makeIndexDue(_ transaction: Transaction) throws {}
extension Transaction {
    package func nameDocuments(
        for: PaymentID, item: Item, deposit: Int64, businessDate: CivilDate, site: String, at: String,
        place: inout Int64
    ) throws {}
    package func claimLooseImages(for intake: IntakeID) throws {}
    package func deliver(_ images: ImageSet, of intake: IntakeID) throws {}
    package func depositsWithOverdueImages(today: CivilDate, graceDays: Int) throws -> [OverdueImages] { [] }
    package func render(_ projection: Projection, home: String, _ put: ([UInt8]) throws -> Void) throws {}
    package func hasDocuments() throws -> Bool { false }
}
