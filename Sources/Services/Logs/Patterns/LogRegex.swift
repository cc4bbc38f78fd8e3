/// The regular expressions of filter patterns: no groups, so an expression is alternatives of simple sequences.
///
/// AWS: "Supported regular expressions (regex) syntax": letters, digits, `: _ # = @ / ; , -`, the operators
/// `^ $ ? [ ] { } | \ * + .` and no others. Matching walks a set of states over the bytes once: linear in the message,
/// whatever the expression is.
struct LogRegex: Sendable, Equatable {
  /// A set of bytes, as often as its bounds say.
  private struct Item: Sendable, Equatable {
    var bytes: ByteSet
    /// Whether it may be left out, and whether it may be repeated.
    var isOptional = false
    var isRepeated = false
  }

  private struct Sequence: Sendable, Equatable {
    var items: [Item] = []
    var isAtStart = false
    var isAtEnd = false
  }

  private var sequences: [Sequence] = []
  /// Repetitions like `{3,5}` are written out.
  private static let itemLimit = 1000

  init(_ text: String) throws(PatternProblem) {
    var bytes = Array(text.utf8)[...]
    var sequence = Sequence()
    var count = 0
    while let byte = bytes.popFirst() {
      switch byte {
      case UInt8(ascii: "|"):
        sequences.append(sequence)
        sequence = Sequence()
        continue
      case UInt8(ascii: "^"):
        guard sequence.items.isEmpty else { throw LogRegex.invalid(text) }
        sequence.isAtStart = true
        continue
      case UInt8(ascii: "$"):
        guard bytes.isEmpty || bytes.first == UInt8(ascii: "|") else { throw LogRegex.invalid(text) }
        sequence.isAtEnd = true
        continue
      default: break
      }
      let set: ByteSet
      switch byte {
      case UInt8(ascii: "."): set = .any
      case UInt8(ascii: "["): set = try LogRegex.takeClass(&bytes, text)
      case UInt8(ascii: "\\"): set = try LogRegex.takeEscape(&bytes, text)
      case _ where LogRegex.isPlain(byte): set = ByteSet(byte)
      default: throw LogRegex.invalid(text)
      }
      for item in try LogRegex.takeRepetition(of: set, &bytes, text) {
        sequence.items.append(item)
        count += 1
      }
      if count > LogRegex.itemLimit { throw LogRegex.invalid(text) }
    }
    sequences.append(sequence)
  }

  private static func invalid(_ text: String) -> PatternProblem {
    // unverified: AWS's words
    PatternProblem("Invalid regular expression in filter pattern: '\(text)'")
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
      || ":_#=@/;,- ".utf8.contains(byte)
  }

  private static func takeRepetition(
    of set: ByteSet, _ bytes: inout ArraySlice<UInt8>, _ text: String
  ) throws(PatternProblem) -> [Item] {
    switch bytes.first {
    case UInt8(ascii: "?"):
      bytes.removeFirst()
      return [Item(bytes: set, isOptional: true)]
    case UInt8(ascii: "*"):
      bytes.removeFirst()
      return [Item(bytes: set, isOptional: true, isRepeated: true)]
    case UInt8(ascii: "+"):
      bytes.removeFirst()
      return [Item(bytes: set, isRepeated: true)]
    case UInt8(ascii: "{"):
      guard let end = bytes.firstIndex(of: UInt8(ascii: "}")) else { throw invalid(text) }
      let inside = String(decoding: bytes[(bytes.startIndex + 1)..<end], as: UTF8.self)
      bytes = bytes[(end + 1)...]
      let parts = inside.split(separator: ",", omittingEmptySubsequences: false)
      guard let low = Int(parts[0]), (0...itemLimit).contains(low), parts.count <= 2 else { throw invalid(text) }
      var items = Array(repeating: Item(bytes: set), count: low)
      if parts.count == 2 {
        if parts[1].isEmpty {
          items.append(Item(bytes: set, isOptional: true, isRepeated: true))
        } else {
          guard let high = Int(parts[1]), high >= low, high <= itemLimit else { throw invalid(text) }
          items += Array(repeating: Item(bytes: set, isOptional: true), count: high - low)
        }
      }
      return items
    default: return [Item(bytes: set)]
    }
  }

  private static func takeClass(
    _ bytes: inout ArraySlice<UInt8>, _ text: String
  ) throws(PatternProblem) -> ByteSet {
    var set = ByteSet()
    var isNegated = false
    if bytes.first == UInt8(ascii: "^") {
      isNegated = true
      bytes.removeFirst()
    }
    while let byte = bytes.popFirst() {
      if byte == UInt8(ascii: "]") { return isNegated ? set.inverted : set }
      if byte == UInt8(ascii: "\\") {
        set.formUnion(try takeEscape(&bytes, text))
        continue
      }
      guard byte < 128 else { throw invalid(text) }
      if bytes.first == UInt8(ascii: "-"), let high = bytes.dropFirst().first, high != UInt8(ascii: "]") {
        guard high >= byte, high < 128 else { throw invalid(text) }
        bytes = bytes.dropFirst(2)
        set.formUnion(ByteSet(byte...high))
      } else {
        set.formUnion(ByteSet(byte))
      }
    }
    throw invalid(text)
  }

  private static func takeEscape(
    _ bytes: inout ArraySlice<UInt8>, _ text: String
  ) throws(PatternProblem) -> ByteSet {
    guard let byte = bytes.popFirst(), byte < 128 else { throw invalid(text) }
    switch byte {
    case UInt8(ascii: "d"): return .digits
    case UInt8(ascii: "D"): return ByteSet.digits.inverted
    case UInt8(ascii: "w"): return .words
    case UInt8(ascii: "W"): return ByteSet.words.inverted
    case UInt8(ascii: "s"): return .spaces
    case UInt8(ascii: "S"): return ByteSet.spaces.inverted
    case UInt8(ascii: "t"): return ByteSet(9)
    case UInt8(ascii: "n"): return ByteSet(10)
    case UInt8(ascii: "r"): return ByteSet(13)
    case UInt8(ascii: "x"):
      let digits = String(decoding: bytes.prefix(2), as: UTF8.self)
      guard digits.utf8.count == 2, let value = UInt8(digits, radix: 16) else { throw invalid(text) }
      bytes = bytes.dropFirst(2)
      return ByteSet(value)
    default: return ByteSet(byte)
    }
  }

  // MARK: Matching

  /// Whether it matches somewhere in the text.
  func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool { sequences.contains { LogRegex.matches($0, text) } }

  func matches(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { matches($0) }
  }

  private static func matches(_ sequence: Sequence, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let items = sequence.items
    // A state is the number of items that are behind; the last one is the end.
    var states = [Bool](repeating: false, count: items.count + 1)
    var next = states
    func reach(_ state: Int, _ set: inout [Bool]) {
      var state = state
      while !set[state] {
        set[state] = true
        guard state < items.count, items[state].isOptional else { return }
        state += 1
      }
    }
    reach(0, &states)
    if states[items.count], !sequence.isAtEnd || text.isEmpty { return true }
    for (index, byte) in text.enumerated() {
      for state in next.indices { next[state] = false }
      for state in items.indices where states[state] && items[state].bytes.contains(byte) {
        reach(state + 1, &next)
        // Staying: not by `reach`, for the item has been met once and may be left now.
        if items[state].isRepeated { next[state] = true }
      }
      if !sequence.isAtStart { reach(0, &next) }
      swap(&states, &next)
      if states[items.count], !sequence.isAtEnd || index == text.count - 1 { return true }
    }
    return false
  }
}

/// A set of bytes.
struct ByteSet: Sendable, Equatable {
  private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

  init() {}
  init(_ byte: UInt8) { insert(byte) }
  init(_ range: ClosedRange<UInt8>) { for byte in range { insert(byte) } }

  static let any: ByteSet = ByteSet().inverted
  static let digits = ByteSet(48...57)
  static let words: ByteSet = {
    var set = ByteSet(48...57)
    for range: ClosedRange<UInt8> in [65...90, 97...122, 95...95] { set.formUnion(ByteSet(range)) }
    return set
  }()
  static let spaces: ByteSet = {
    var set = ByteSet(9...13)
    set.insert(32)
    return set
  }()

  func contains(_ byte: UInt8) -> Bool {
    let bit = UInt64(1) << UInt64(byte & 63)
    switch byte >> 6 {
    case 0: return words.0 & bit != 0
    case 1: return words.1 & bit != 0
    case 2: return words.2 & bit != 0
    default: return words.3 & bit != 0
    }
  }

  mutating func insert(_ byte: UInt8) {
    let bit = UInt64(1) << UInt64(byte & 63)
    switch byte >> 6 {
    case 0: words.0 |= bit
    case 1: words.1 |= bit
    case 2: words.2 |= bit
    default: words.3 |= bit
    }
  }

  mutating func formUnion(_ other: ByteSet) {
    words.0 |= other.words.0
    words.1 |= other.words.1
    words.2 |= other.words.2
    words.3 |= other.words.3
  }

  var inverted: ByteSet {
    var set = self
    set.words = (~words.0, ~words.1, ~words.2, ~words.3)
    return set
  }

  static func == (left: ByteSet, right: ByteSet) -> Bool { left.words == right.words }
}
