import Model
import Testing

@testable import Formats

/// The look ahead goes through blocks of bytes where it can and byte by byte where it must: nobody may see which.
struct LookaheadTests {
    /// Reads in pieces of one size; of one byte, no block is ever whole.
    private func read(_ text: String, pieces: Int) -> LayoutReading {
        let bytes = Array(text.utf8)
        let cuts = Array(stride(from: pieces, to: bytes.count, by: pieces))
        return LayoutTesting.read(bytes, cuts: cuts) { CamtReader() }
    }

    /// Well-formed markup in which every byte that matters to a tag stands where it does not.
    private func markup(_ random: inout SeededGenerator) -> String {
        let parts = [
            "<a>text</a>", "<a b='x>y'/>", "<a b=\"it's > all\" c='\"'/>", "<!-- <a b='\"> -->",
            "<![CDATA[ <a ' \" ]] > ]]>", "<?p <a ' \"> ?>", "it's \"quoted\" > here", "<a\n b = 'c'\n>\u{E9}</a>",
            "!?", "<a><b><c>d</c></b></a>", String(repeating: " ", count: Int.random(in: 0..<70, using: &random)),
        ]
        return (0..<30).map { _ in parts.randomElement(using: &random)! }.joined()
    }

    @Test
    func `no block hides where a tag becomes too long`() {
        var random = SeededGenerator(seed: CamtTesting.seed("look ahead"))
        var refused = 0
        for round in 0..<48 {
            let start = "<Document>" + markup(&random)
            let length = 65_520 + Int.random(in: 0..<24, using: &random)
            let filling = String(repeating: "x>", count: length / 2) + (length % 2 == 0 ? "" : "x")
            let long = ["<a b=\"\(filling)\"/>", "<a b='\(filling)'/>", "<!--\(filling)-->", "<?p \(filling)?>"]
            let text = start + long.randomElement(using: &random)! + markup(&random) + "</Document>"
            let bytewise = read(text, pieces: 1)
            for size in [63, 64, 65, 4096, text.utf8.count] where read(text, pieces: size) != bytewise {
                Issue.record("round \(round): pieces of \(size) are read as \(read(text, pieces: size))")
            }
            #expect(bytewise.refusal == .xmlLimit || bytewise.refusal == .messageEmpty, "\(bytewise)")
            if bytewise.refusal == .xmlLimit { refused += 1 }
        }
        #expect((8...40).contains(refused), "of 48 tags some are too long and some are not; \(refused) were")
    }

    @Test
    func `no block takes a tag for text or text for a tag`() {
        var random = SeededGenerator(seed: CamtTesting.seed("blocks"))
        for round in 0..<100 {
            // A limit of 64 KB is only reached where the state is wrong for good: so much text follows.
            let text = "<Document>" + markup(&random) + String(repeating: "<a>b</a>", count: 9000) + "</Document>"
            #expect(read(text, pieces: 1 << 16).refusal == .messageEmpty, "round \(round)")
        }
    }
}
