import Wire

/// What SWF demands of names beyond their length, and of durations and priorities.
///
/// AWS: API reference, "The specified string must not contain a : (colon), / (slash), | (vertical bar), or any control
/// characters (\u0000-\u001f | \u007f-\u009f). Also, it must not be the literal string arn", and must not start or end
/// with whitespace.
struct Names: Sendable {
  /// The constraint as one pattern.
  // unverified: how AWS words a broken name; this is the sentence for all its patterns.
  static let pattern =
    #"(?!arn$)[^\s:/|\u0000-\u001f\u007f-\u009f]([^:/|\u0000-\u001f\u007f-\u009f]*[^\s:/|\u0000-\u001f\u007f-\u009f])?"#
  /// Digits, or NONE for no limit.
  static let durationPattern = "[0-9]{1,8}|NONE"

  /// The constraints that were broken, in the order of the checks.
  private(set) var broken: [String] = []

  /// Nothing checked yet.
  init() {}

  /// Whether `text` may be a name, version, workflow id, activity id, timer id, task list, domain, signal or marker.
  /// The length is the model's matter.
  // unverified: that signals and markers are held to it; the API reference says it of all the others.
  static func isValid(_ text: String) -> Bool {
    if text == "arn" { return false }
    let scalars = text.unicodeScalars
    if let first = scalars.first, first.properties.isWhitespace { return false }
    if let last = scalars.last, last.properties.isWhitespace { return false }
    return scalars.allSatisfy { scalar in
      switch scalar.value {
      case 0...0x1F, 0x7F...0x9F, 0x3A, 0x2F, 0x7C: false
      default: true
      }
    }
  }

  /// Whether `text` is a number of seconds.
  static func isSeconds(_ text: String) -> Bool {
    (1...8).contains(text.utf8.count) && text.utf8.allSatisfy { (48...57).contains($0) }
  }

  /// Notes a name that breaks the rules; absent ones are fine.
  mutating func name(_ text: String?, at path: String) {
    guard let text, !Names.isValid(text) else { return }
    fail(text, path, "Member must satisfy regular expression pattern: \(Names.pattern)")
  }

  /// Notes a duration that is neither digits nor, where that is allowed, `NONE`; absent and empty ones are fine.
  mutating func duration(_ text: String?, at path: String, allowsNone: Bool = true) {
    guard let text, !text.isEmpty, !Names.isSeconds(text), !(allowsNone && text == "NONE") else { return }
    fail(
      text, path,
      "Member must satisfy regular expression pattern: \(allowsNone ? Names.durationPattern : "[0-9]{1,8}")")
  }

  /// Notes a priority that is no 32-bit number.
  mutating func priority(_ text: String?, at path: String) {
    guard let text, Int32(text) == nil else { return }
    // unverified: words
    fail(text, path, "Member must satisfy regular expression pattern: -?[0-9]{1,10}")
  }

  /// Notes a broken constraint.
  mutating func fail(_ value: String, _ path: String, _ constraint: String) {
    broken.append("Value '\(value)' at '\(path)' failed to satisfy constraint: \(constraint)")
  }

  /// - Throws: ValidationException that names every broken constraint.
  func check() throws(AWSError) {
    if broken.isEmpty { return }
    let count = broken.count
    throw .validation("\(count) validation error\(count == 1 ? "" : "s") detected: \(broken.joined(separator: "; "))")
  }

  /// Checks names at once.
  /// - Throws: ValidationException that names every broken one.
  static func check(_ names: (text: String?, path: String)...) throws(AWSError) {
    var checker = Names()
    for name in names { checker.name(name.text, at: name.path) }
    try checker.check()
  }
}
