import Model
import Testing

struct ErrorBoundTests {
    /// Wilson's one-sided 95 % bounds, worked out by hand from the formula: errors, trials, hundred-thousandths.
    @Test(arguments: [
        (0, 10, 21_294), (0, 1_000, 270), (1, 10, 34_772), (2, 10_000, 60), (10, 1_000, 1_666), (5, 5, 100_000),
    ])
    func `never promises less error than was observed may mean`(errors: Int64, trials: Int64, expected: Int) {
        let bound = ErrorBound.upper(errors: errors, of: trials)
        #expect(Int((bound * 100_000).rounded()) == expected)
        #expect(bound >= Double(errors) / Double(trials))
    }

    @Test func `never promises anything of a rule that nobody has seen post`() {
        #expect(ErrorBound.upper(errors: 0, of: 0) == 1)
    }
}
