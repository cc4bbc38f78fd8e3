import Foundation

/// Terms in unstructured text: all must be there, those behind `-` must not; of those behind `?` one is enough.
struct TermPattern: Sendable {
  private enum Term: Sendable {
    case text([UInt8])
    case regex(LogRegex)

    func occurs(in message: UnsafeBufferPointer<UInt8>) -> Bool {
      switch self {
      case .text(let term): term.occurs(in: message)
      case .regex(let regex): regex.matches(message)
      }
    }
  }

  private var included: [Term] = []
  private var excluded: [Term] = []
  private var optional: [Term] = []

  init(_ scanner: inout PatternScanner) throws(PatternProblem) {
    scanner.skipSpaces()
    while let first = scanner.peek {
      if scanner.take("?") {
        optional.append(try TermPattern.term(&scanner))
      } else if first == UInt8(ascii: "-") {
        scanner.advance()
        // The documentation writes `- "Exiting"`, too.
        scanner.skipSpaces()
        excluded.append(try TermPattern.term(&scanner))
      } else {
        included.append(try TermPattern.term(&scanner))
      }
      scanner.skipSpaces()
    }
    // AWS: "If you combine "?" with other filter patterns, the question mark ("?") will be ignored", and its term with it.
    if !included.isEmpty || !excluded.isEmpty { optional = [] }
  }

  private static func term(_ scanner: inout PatternScanner) throws(PatternProblem) -> Term {
    switch scanner.peek {
    case UInt8(ascii: "\""): return .text(Array(try scanner.takeQuoted().utf8))
    case UInt8(ascii: "%"): return .regex(try scanner.takeRegex())
    default:
      let word = scanner.take { $0 > 32 }
      // AWS: "Enclose exact phrases and terms that include non-alphanumeric characters in double quotation marks".
      guard !word.isEmpty, word.utf8.allSatisfy(\.isWordByte) else {
        throw PatternProblem("Invalid character(s) in term '\(word)'")
      }
      return .text(Array(word.utf8))
    }
  }

  var regexCount: Int {
    (included + excluded + optional).reduce(0) { if case .regex = $1 { $0 + 1 } else { $0 } }
  }

  func matches(_ message: String) -> Bool {
    var message = message
    return message.withUTF8 { text in
      if !optional.isEmpty { return optional.contains { $0.occurs(in: text) } }
      return included.allSatisfy { $0.occurs(in: text) } && !excluded.contains { $0.occurs(in: text) }
    }
  }
}

extension [UInt8] {
  /// Whether these bytes are somewhere in `text`.
  func occurs(in text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first else { return true }
    guard let base = text.baseAddress, text.count >= count else { return false }
    return withUnsafeBytes { term in
      guard let wanted = term.baseAddress else { return true }
      var start = 0
      while start <= text.count - count, let found = memchr(base + start, Int32(first), text.count - count - start + 1)
      {
        if memcmp(found, wanted, count) == 0 { return true }
        start = UnsafeRawPointer(base).distance(to: found) + 1
      }
      return false
    }
  }
}
