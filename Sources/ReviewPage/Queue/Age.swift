internal import Model

/// How long something has waited, as people say it: `3 h`, `2 d`.
func age(since iso: String, at now: Moment) -> String {
    guard let since = Moment(iso: iso) else { return "" }
    let minutes = max(0, now.seconds - since.seconds) / 60
    switch minutes {
    case ..<60: return "\(minutes) min"
    case ..<(48 * 60): return "\(minutes / 60) h"
    default: return "\(minutes / 1440) d"
    }
}

/// An amount as people read it: `12,345.67`.
func money(_ cents: Cents) -> String {
    let text = cents.magnitude.description
    var whole = Array(text.dropLast(3))
    var place = whole.count - 3
    while place > 0 {
        whole.insert(",", at: place)
        place -= 3
    }
    return (cents < .zero ? "−" : "") + String(whole) + text.suffix(3)
}

/// A count with its thing: `1 file`, `3 files`.
func counted(_ count: Int, _ one: String, _ many: String? = nil) -> String {
    "\(count) \(count == 1 ? one : many ?? one + "s")"
}
