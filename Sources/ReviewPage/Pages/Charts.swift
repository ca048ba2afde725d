internal import Model

/// Small charts as SVG (W3C SVG 2), drawn from numbers only: no text of a stranger gets in.
enum Charts {
    /// Bars of days, what posted darker; the last is today's.
    static func days(_ days: [DaySum]) -> String {
        let most = max(1, days.map(\.items).max() ?? 1)
        let (width, height, step) = (22 * max(days.count, 1), 84, 22)
        func rect(_ kind: String, _ place: Int, _ count: Int64) -> String {
            let bar = count == 0 ? 0 : max(2, Int(count * Int64(height) / most))
            return #"<rect class="\#(kind)" x="\#(place * step + 3)" y="\#(height - bar)" width="16" height="\#(bar)" "#
                + #"rx="2"/>"#
        }
        let bars = days.enumerated().map { rect("all", $0, $1.items) + rect("posted", $0, $1.posted) }.joined()
        return
            #"<svg class="chart" viewBox="0 0 \#(width) \#(height)" width="\#(width)" height="\#(height)" role="img" "#
            + #"aria-labelledby="days-title"><title id="days-title">Items received and posted on the last "#
            + "\(days.count) days</title>\(bars)</svg>"
    }

    /// One bar in parts: straight through, by people, in review.
    static func share(_ parts: [Int64], label: String) -> String {
        let all = max(1, parts.reduce(0, +))
        var (x, rects): (Int64, String) = (0, "")
        for (place, part) in parts.enumerated() {
            let width = part * 1000 / all
            rects += #"<rect class="part\#(place)" x="\#(x)" y="0" width="\#(width)" height="14"/>"#
            x += width
        }
        return "<svg class=\"share\" viewBox=\"0 0 1000 14\" preserveAspectRatio=\"none\" role=\"img\" "
            + "aria-label=\"\(label)\">\(rects)</svg>"
    }
}
