/// One value of `Action` or `NotAction`: a case-insensitive pattern over the whole `service:Name`.
struct ActionPattern: Sendable {
  /// As written.
  let text: String
  private let pattern: Pattern

  init(_ text: String) {
    self.text = text
    pattern = Pattern(Wildcard.compile(text.utf8.lazy.map(asciiLowercased)))
  }

  /// - Parameter action: the action in lower case.
  func matches(_ action: UnsafeBufferPointer<UInt8>) -> Bool { pattern.matches(action) }
}
