/// A value of the ARN operators: six parts, each matched by itself with `*` and `?`; the last may contain colons.
struct ARNPattern: Sendable {
  private let parts: [Pattern]

  /// Nothing if there are fewer than six parts: such a value equals no ARN.
  init?(_ tokens: [UInt8]) {
    let parts = tokens.split(separator: UInt8(ascii: ":"), maxSplits: 5, omittingEmptySubsequences: false)
    guard parts.count == 6 else { return nil }
    self.parts = parts.map { Pattern(Array($0)) }
  }

  func matches(_ arn: UnsafeBufferPointer<UInt8>) -> Bool {
    var start = 0
    for (index, part) in parts.enumerated() {
      var end = start
      if index < 5 {
        while end < arn.count, arn[end] != UInt8(ascii: ":") { end += 1 }
        guard end < arn.count else { return false }
      } else {
        end = arn.count
      }
      guard part.matches(UnsafeBufferPointer(rebasing: arn[start..<end])) else { return false }
      start = end + 1
    }
    return true
  }

  /// Whether a text has the six parts of an ARN.
  static func hasSixParts(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var colons = 0
    for byte in text where byte == UInt8(ascii: ":") { colons += 1 }
    return colons >= 5
  }
}
