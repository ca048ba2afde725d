import Formats
import Model
import Testing

struct RecogniseTests {
    @Test func `refuses an empty file`() {
        #expect(throws: FileRefused.self) { try recognise([], among: []) }
    }
}
