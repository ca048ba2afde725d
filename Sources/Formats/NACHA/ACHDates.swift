import Model

/// The days that NACHA records name.
enum ACHDates {
    /// `YYMMDD`. The network has files since 1974; a year from 90 on is of the last century.
    static func day(_ digits: Int) -> CivilDate? {
        let year = digits / 10_000
        return CivilDate(year: year + (year < 90 ? 2000 : 1900), month: digits / 100 % 100, day: digits % 100)
    }

    /// A day counted within its year (001-366), of the year that brings it nearest to another day.
    static func julian(_ number: Int, near other: CivilDate) -> CivilDate? {
        guard number >= 1 else { return nil }
        let days = (other.year - 1...other.year + 1).compactMap { year in
            CivilDate(year: year, month: 1, day: 1)?.advanced(by: number - 1)
        }
        let named = days.enumerated().filter { $1.year == other.year - 1 + $0 }.map(\.element)
        return named.min {
            abs($0.daysSinceEpoch - other.daysSinceEpoch) < abs($1.daysSinceEpoch - other.daysSinceEpoch)
        }
    }
}
