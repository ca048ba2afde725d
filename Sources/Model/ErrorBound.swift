/// How often a rule may be wrong, from how often it was: statistics, never money.
package enum ErrorBound {
    /// The upper end of Wilson's interval at 95 % confidence, one-sided: the share of errors that so few observed
    /// ones still allow. 1 where nothing was observed.
    ///
    /// E. B. Wilson, Probable inference, the law of succession, and statistical inference (1927).
    package static func upper(errors: Int64, of trials: Int64) -> Double {
        guard trials > 0 else { return 1 }
        let (count, share) = (Double(trials), Double(min(errors, trials)) / Double(trials))
        let square = normalQuantile * normalQuantile
        let middle = share + square / (2 * count)
        let spread = normalQuantile * (share * (1 - share) / count + square / (4 * count * count)).squareRoot()
        return min(1, (middle + spread) / (1 + square / count))
    }

    /// The 95 % quantile of the normal distribution.
    private static let normalQuantile = 1.644_853_626_951_472_7
}
