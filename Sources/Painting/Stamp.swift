/// A line of small text in the lower left corner, readable on anything: white on a dark strip.
struct Stamp {
    let text: String

    func paint(into picture: Picture) {
        let brush = Brush(picture: picture)
        let dot = max(picture.height / 480, 1)
        let left = 2 * dot & ~1
        let top = picture.height - (Glyphs.height + 4) * dot & ~1
        let width = (text.count * (Glyphs.width + 1) + 1) * dot
        brush.rectangle(left, top, left + width, top + (Glyphs.height + 2) * dot, Ink(24))
        for (index, character) in text.enumerated() {
            paint(character, brush, left: left + (index * (Glyphs.width + 1) + 1) * dot, top: top + dot, dot: dot)
        }
    }

    private func paint(_ character: Character, _ brush: Brush, left: Int, top: Int, dot: Int) {
        for (row, bits) in Glyphs.rows(character).enumerated() {
            for column in 0..<Glyphs.width where bits >> (Glyphs.width - 1 - column) & 1 == 1 {
                let x = left + column * dot
                let y = top + row * dot
                brush.rectangle(x, y, x + dot, y + dot, Ink(228))
            }
        }
    }
}
