/// The wildcards of a compiled pattern. They are bytes that no UTF-8 text contains, so that a literal `*` (from `${*}` or
/// from a substituted value) needs no escape.
enum Wildcard {
  /// `*`: any run of characters.
  static let run: UInt8 = 0xFF
  /// `?`: any one character.
  static let one: UInt8 = 0xFE
  /// `*` inside one of the first five parts of an ARN: any run without a colon.
  static let partRun: UInt8 = 0xFD
  /// `?` inside one of the first five parts of an ARN: any one character but a colon.
  static let partOne: UInt8 = 0xFC
  /// The least of them.
  static let least: UInt8 = 0xFC

  /// Policy text as pattern: `*` and `?` become wildcards.
  static func compile(_ text: some Sequence<UInt8>) -> [UInt8] {
    text.map { byte in
      switch byte {
      case UInt8(ascii: "*"): run
      case UInt8(ascii: "?"): one
      default: byte
      }
    }
  }
}

/// How many bytes the character at `lead` has, counted as IAM counts: in UTF-16 units. A four-byte character is two units
/// of two bytes each (AWS captures: `?` matches one unit).
@inline(__always)
private func unitLength(_ lead: UInt8) -> Int {
  switch lead {
  case ..<0x80: 1
  case 0xE0..<0xF0: 3
  default: 2
  }
}

/// Whether all of `text` matches `pattern`, which has no `partRun`. Never worse than the product of both lengths.
///
/// On a mismatch only the last run can help: an earlier one could at best reach a later place that the last one reaches too.
func globMatches(_ pattern: UnsafeBufferPointer<UInt8>, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
  let patternEnd = pattern.count
  let textEnd = text.count
  var p = 0
  var t = 0
  var runPattern = -1
  var runText = 0
  while true {
    if p < patternEnd {
      let byte = pattern[p]
      switch byte {
      case Wildcard.run:
        p += 1
        if p == patternEnd { return true }
        runPattern = p
        runText = t
        continue
      case Wildcard.one, Wildcard.partOne:
        if t < textEnd, byte == Wildcard.one || text[t] != UInt8(ascii: ":") {
          let next = t + unitLength(text[t])
          if next <= textEnd {
            p += 1
            t = next
            continue
          }
        }
      default:
        if t < textEnd, text[t] == byte {
          p += 1
          t += 1
          continue
        }
      }
    } else if t == textEnd {
      return true
    }
    guard runPattern >= 0, runText < textEnd else { return false }
    runText = min(runText + unitLength(text[runText]), textEnd)
    p = runPattern
    t = runText
  }
}

/// Whether all of `text` matches `pattern`, for all wildcards: follows every way at once, so that it takes the product of both
/// lengths at most. A run that may not cross a colon leaves no last run to go back to, and such patterns are rare.
func globMatchesEveryWay(_ pattern: UnsafeBufferPointer<UInt8>, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
  let end = pattern.count
  // reached[t][p]: the text before t matches the pattern before p. A character takes up to three bytes, so four rows do.
  var rows = [[Bool]](repeating: [Bool](repeating: false, count: end + 1), count: 4)
  rows[0][0] = true
  for t in 0...text.count {
    let row = t & 3
    let atEnd = t == text.count
    let byte = atEnd ? 0 : text[t]
    let next = t + (atEnd ? 0 : unitLength(byte))
    for p in 0..<end where rows[row][p] {
      switch pattern[p] {
      case Wildcard.run, Wildcard.partRun:
        rows[row][p + 1] = true
        if !atEnd, next <= text.count, pattern[p] == Wildcard.run || byte != UInt8(ascii: ":") {
          rows[next & 3][p] = true
        }
      case Wildcard.one, Wildcard.partOne:
        if !atEnd, next <= text.count, pattern[p] == Wildcard.one || byte != UInt8(ascii: ":") {
          rows[next & 3][p + 1] = true
        }
      case byte where !atEnd: rows[(t + 1) & 3][p + 1] = true
      default: break
      }
    }
    if atEnd { return rows[row][end] }
    for p in 0...end { rows[row][p] = false }
  }
  return false
}

/// A pattern with its common forms recognised once: everything, a literal, a literal prefix.
struct Pattern: Sendable {
  private enum Form {
    case everything
    case literal
    case prefix
    case general
    case withPartRuns
  }

  private let form: Form
  /// The literal, the prefix, or the pattern.
  private let bytes: [UInt8]

  /// - Parameter tokens: bytes with the values of `Wildcard`.
  init(_ tokens: [UInt8]) {
    let wildcards = tokens.reduce(into: 0) { count, byte in count += byte >= Wildcard.least ? 1 : 0 }
    if wildcards == 0 {
      form = .literal
      bytes = tokens
    } else if wildcards == 1, tokens.last == Wildcard.run {
      form = tokens.count == 1 ? .everything : .prefix
      bytes = Array(tokens.dropLast())
    } else {
      form = tokens.contains(Wildcard.partRun) ? .withPartRuns : .general
      bytes = tokens
    }
  }

  func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    switch form {
    case .everything: true
    case .literal: bytes.withUnsafeBufferPointer { bytesEqual($0, text) }
    case .prefix:
      bytes.withUnsafeBufferPointer { prefix in
        prefix.count <= text.count && bytesEqual(prefix, UnsafeBufferPointer(rebasing: text[..<prefix.count]))
      }
    case .general: bytes.withUnsafeBufferPointer { globMatches($0, text) }
    case .withPartRuns: bytes.withUnsafeBufferPointer { globMatchesEveryWay($0, text) }
    }
  }
}

@inline(__always)
func bytesEqual(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Bool {
  guard left.count == right.count else { return false }
  // From the back: ARNs and action names begin alike.
  var index = left.count - 1
  while index >= 0 {
    if left[index] != right[index] { return false }
    index -= 1
  }
  return true
}

/// The UTF-8 of a string without a copy where the string is native, as nearly all are.
@inline(__always)
func withBytes<Result>(_ text: String, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
  if let result = text.utf8.withContiguousStorageIfAvailable(body) { return result }
  return Array(text.utf8).withUnsafeBufferPointer(body)
}

@inline(__always)
func asciiLowercased(_ byte: UInt8) -> UInt8 {
  (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
}
