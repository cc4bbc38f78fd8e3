import Wire

/// The outbox for a browser.
enum OutboxPage {
  static func html(_ letters: [OutboxRecord]) -> String {
    let rows = letters.map(row).joined(separator: "\n")
    return """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8"><title>Outbox</title><style>
      body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; color: #222 }
      article { border-top: 1px solid #ccc; padding: 1rem 0 } h1 { font-size: 1.4rem } h2 { font-size: 1rem; margin: 0 }
      p { margin: .2rem 0; color: #555 } pre { white-space: pre-wrap; background: #f6f6f3; padding: .6rem }
      @media (prefers-color-scheme: dark) { body { background: #1b1b1b; color: #ddd } p { color: #aaa }
      pre { background: #262626 } article { border-color: #444 } a { color: #8cf } }
      </style></head><body><h1>Outbox</h1>
      <p>E-mail and text messages that would have left the cloud, the latest first.</p>
      \(letters.isEmpty ? "<p>There are none.</p>" : rows)
      </body></html>

      """
  }

  private static func row(_ letter: OutboxRecord) -> String {
    let time = Timestamp(milliseconds: letter.time).iso8601
    var lines = [
      "<article><h2>\(escaped(letter.subject ?? "Text message"))</h2>",
      "<p>\(time) · \(letter.kind.rawValue) to \(escaped(letter.to))"
        + (letter.from.map { " from \(escaped($0))" } ?? "") + "</p>",
    ]
    if letter.isWithheld { lines.append("<p>Withheld: the number is opted out.</p>") }
    lines.append("<pre>\(escaped(letter.body))</pre>")
    if let link = letter.link {
      lines.append("<p><a href=\"\(escaped(link))\">Confirm the subscription</a></p>")
    }
    return (lines + ["</article>"]).joined()
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }
}
