internal import Model

/// Small charts as SVG (W3C SVG 2), drawn from numbers only: no text of a stranger gets in.
enum Charts {
    /// Bars of days, what posted darker; the last is today's.
    static func days(_ days: [DaySum]) -> String {
        let most = max(1, days.map(\.items).max() ?? 1)
        let (width, height, step) = (22 * max(days.count, 1), 84, 22)
        var bars = ""
        for (place, day) in days.enumerated() {
            let all = bar(day.items, of: most, height)
            let posted = bar(day.posted, of: most, height)
            let x = place * step + 3
            bars += "<rect class=\"all\" x=\"\(x)\" y=\"\(height - all)\" width=\"16\" height=\"\(all)\" rx=\"2\"/>"
            bars += "<rect class=\"posted\" x=\"\(x)\" y=\"\(height - posted)\" width=\"16\" height=\"\(posted)\" rx=\"2\"/>"
        }
        return "<svg class=\"chart\" viewBox=\"0 0 \(width) \(height)\" width=\"\(width)\" height=\"\(height)\" "
            + "role=\"img\" aria-labelledby=\"days-title\"><title id=\"days-title\">Items received and posted on the last "
            + "\(days.count) days</title>\(bars)</svg>"
    }

    /// One bar in parts: straight through, by people, in review.
    static func share(_ parts: [Int64], label: String) -> String {
        let all = max(1, parts.reduce(0, +))
        var (x, rects): (Int64, String) = (0, "")
        for (place, part) in parts.enumerated() {
            let width = part * 1000 / all
            rects += "<rect class=\"part\(place)\" x=\"\(x)\" y=\"0\" width=\"\(width)\" height=\"14\"/>"
            x += width
        }
        return "<svg class=\"share\" viewBox=\"0 0 1000 14\" preserveAspectRatio=\"none\" role=\"img\" "
            + "aria-label=\"\(label)\">\(rects)</svg>"
    }

    private static func bar(_ count: Int64, of most: Int64, _ height: Int) -> Int {
        count == 0 ? 0 : max(2, Int(count * Int64(height) / most))
    }
}
