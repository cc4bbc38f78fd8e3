/// A regular expression of a model (Java's syntax), matched against whole strings.
///
/// A small backtracking matcher of our own: values are Unicode scalars as in the models, matching is bounded, and nothing
/// needs to be compiled at run time by someone else's engine. What it doesn't know (back references, look-behind) makes the
/// initializer answer nothing, and the constraint is then not checked.
struct Pattern: Sendable {
  private indirect enum Node: Sendable {
    case set(ScalarSet)
    case sequence([Node])
    case either([Node])
    case many(Node, least: Int, most: Int, isLazy: Bool)
    case start
    case end
    case ahead(Node, isNegative: Bool)
  }

  private let root: Node

  init?(_ text: String) {
    var parser = Parser(text)
    guard let node = parser.alternatives(), parser.isAtEnd else { return nil }
    root = node
  }

  /// Whether the whole text matches. Gives up, and says yes, after a hundred thousand steps.
  func matches(_ text: String) -> Bool {
    // The common form `[set]*`: one pass.
    if case .many(.set(let set), let least, let most, _) = root {
      var count = 0
      for scalar in text.unicodeScalars {
        guard set.contains(scalar) else { return false }
        count += 1
      }
      return count >= least && count <= most
    }
    var matcher = Matcher(Array(text.unicodeScalars))
    let end = matcher.text.count
    let isMatch = matcher.run(root, 0) { _, position in position == end }
    return isMatch || matcher.isExhausted
  }

  /// A character class.
  struct ScalarSet: Sendable {
    var ranges: [ClosedRange<UInt32>] = []
    var categories: [(Category, isNegative: Bool)] = []
    /// Nested classes (`[a-z&&[^q]]` isn't understood; plain unions are).
    var isNegated = false

    enum Category: Sendable {
      case letter, upper, lower, digit, number, space, mark, punctuation, symbol, separator, any, control
    }

    func contains(_ scalar: Unicode.Scalar) -> Bool {
      for range in ranges where range.contains(scalar.value) { return !isNegated }
      for (category, isNegative) in categories where ScalarSet.isMember(scalar, category) != isNegative {
        return !isNegated
      }
      return isNegated
    }

    private static func isMember(_ scalar: Unicode.Scalar, _ category: Category) -> Bool {
      let general = scalar.properties.generalCategory
      switch category {
      case .any: return true
      case .letter: return scalar.properties.isAlphabetic
      case .upper: return general == .uppercaseLetter
      case .lower: return general == .lowercaseLetter
      case .digit: return general == .decimalNumber
      case .number: return general == .decimalNumber || general == .letterNumber || general == .otherNumber
      case .space: return scalar.properties.isWhitespace
      case .mark: return general == .nonspacingMark || general == .spacingMark || general == .enclosingMark
      case .separator: return general == .spaceSeparator || general == .lineSeparator || general == .paragraphSeparator
      case .control: return general == .control
      case .punctuation:
        switch general {
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
          .finalPunctuation, .otherPunctuation:
          return true
        default: return false
        }
      case .symbol:
        switch general {
        case .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol: return true
        default: return false
        }
      }
    }
  }

  private struct Matcher {
    let text: [Unicode.Scalar]
    var steps = 0
    var depth = 0
    var isExhausted: Bool { steps > 100_000 || depth > 2000 }

    init(_ text: [Unicode.Scalar]) { self.text = text }

    /// Matches a node at a position, then whatever follows.
    mutating func run(_ node: Node, _ position: Int, _ next: (inout Matcher, Int) -> Bool) -> Bool {
      steps += 1
      depth += 1
      defer { if !isExhausted { depth -= 1 } }
      if isExhausted { return false }
      switch node {
      case .set(let set):
        guard position < text.count, set.contains(text[position]) else { return false }
        return next(&self, position + 1)
      case .start: return position == 0 && next(&self, position)
      case .end: return position == text.count && next(&self, position)
      case .sequence(let nodes): return sequence(nodes[...], position, next)
      case .either(let nodes):
        for node in nodes where run(node, position, next) { return true }
        return false
      case .ahead(let inner, let isNegative):
        return run(inner, position) { _, _ in true } != isNegative && next(&self, position)
      case .many(.set(let set), let least, let most, false):
        var end = position
        while end < text.count, end - position < most, set.contains(text[end]) { end += 1 }
        while end - position >= least {
          if next(&self, end) { return true }
          steps += 1
          if isExhausted { return false }
          end -= 1
        }
        return false
      case .many(let inner, let least, let most, let isLazy):
        return many(inner, least, most, isLazy, position, next)
      }
    }

    private mutating func sequence(_ nodes: ArraySlice<Node>, _ position: Int, _ next: (inout Matcher, Int) -> Bool)
      -> Bool
    {
      guard let first = nodes.first else { return next(&self, position) }
      return run(first, position) { matcher, position in matcher.sequence(nodes.dropFirst(), position, next) }
    }

    private mutating func many(
      _ node: Node, _ least: Int, _ most: Int, _ isLazy: Bool, _ position: Int, _ next: (inout Matcher, Int) -> Bool
    ) -> Bool {
      if least <= 0, isLazy, next(&self, position) { return true }
      if most > 0 {
        let again = run(node, position) { matcher, end in
          // An empty repetition would go on for ever.
          if end == position { return least > 0 && matcher.many(node, 0, 0, isLazy, end, next) }
          return matcher.many(node, least - 1, most == .max ? .max : most - 1, isLazy, end, next)
        }
        if again { return true }
      }
      return least <= 0 && !isLazy && next(&self, position)
    }
  }

  private struct Parser {
    private let text: [Unicode.Scalar]
    private var index = 0
    private var depth = 0

    init(_ text: String) { self.text = Array(text.unicodeScalars) }

    var isAtEnd: Bool { index >= text.count }
    private var current: Unicode.Scalar? { index < text.count ? text[index] : nil }

    private mutating func skip(_ scalar: Unicode.Scalar) -> Bool {
      guard current == scalar else { return false }
      index += 1
      return true
    }

    mutating func alternatives() -> Node? {
      depth += 1
      defer { depth -= 1 }
      guard depth < 50, var all = sequence().map({ [$0] }) else { return nil }
      while skip("|") {
        guard let node = sequence() else { return nil }
        all.append(node)
      }
      return all.count == 1 ? all[0] : .either(all)
    }

    private mutating func sequence() -> Node? {
      var nodes: [Node] = []
      while let scalar = current, scalar != "|", scalar != ")" {
        guard let node = quantified() else { return nil }
        nodes.append(node)
      }
      return nodes.count == 1 ? nodes[0] : .sequence(nodes)
    }

    private mutating func quantified() -> Node? {
      guard let node = atom() else { return nil }
      var least = 1
      var most = 1
      switch current {
      case "*": (least, most) = (0, .max)
      case "+": (least, most) = (1, .max)
      case "?": (least, most) = (0, 1)
      case "{":
        guard let close = text[index...].firstIndex(of: "}") else { return nil }
        let body = String(String.UnicodeScalarView(text[index + 1..<close]))
        let parts = body.split(separator: ",", omittingEmptySubsequences: false)
        guard let low = parts.first.flatMap({ Int($0) }), parts.count <= 2 else { return nil }
        least = low
        most = low
        if parts.count == 2 {
          if parts[1].isEmpty {
            most = .max
          } else if let high = Int(parts[1]) {
            most = high
          } else {
            return nil
          }
        }
        index = close
      default: return node
      }
      index += 1
      let isLazy = skip("?")
      if !isLazy, skip("+") { return nil }
      return .many(node, least: least, most: most, isLazy: isLazy)
    }

    private mutating func atom() -> Node? {
      guard let scalar = current else { return nil }
      index += 1
      switch scalar {
      case "^": return .start
      case "$": return .end
      case ".": return .set(ScalarSet(ranges: [10...10, 13...13], isNegated: true))
      case "[": return set().map { .set($0) }
      case "(":
        var ahead: Bool?
        if skip("?") {
          if skip("=") { ahead = false } else if skip("!") { ahead = true } else if !skip(":") { return nil }
        }
        guard let inner = alternatives(), skip(")") else { return nil }
        if let ahead { return .ahead(inner, isNegative: ahead) }
        // A group stays one node for the quantifier behind it.
        return .sequence([inner])
      case "\\":
        if skip("A") { return .start }
        if skip("z") || skip("Z") { return .end }
        return escape().map { .set($0) }
      case "*", "+", "?": return nil
      default: return .set(ScalarSet(ranges: [scalar.value...scalar.value]))
      }
    }

    /// What follows a backslash.
    private mutating func escape() -> ScalarSet? {
      guard let scalar = current else { return nil }
      index += 1
      switch scalar {
      case "d": return ScalarSet(ranges: [48...57])
      case "D": return ScalarSet(ranges: [48...57], isNegated: true)
      case "w": return ScalarSet(ranges: [48...57, 65...90, 95...95, 97...122])
      case "W": return ScalarSet(ranges: [48...57, 65...90, 95...95, 97...122], isNegated: true)
      case "s": return ScalarSet(ranges: [9...13, 32...32])
      case "S": return ScalarSet(ranges: [9...13, 32...32], isNegated: true)
      case "t": return ScalarSet(ranges: [9...9])
      case "n": return ScalarSet(ranges: [10...10])
      case "r": return ScalarSet(ranges: [13...13])
      case "f": return ScalarSet(ranges: [12...12])
      case "u": return hex(4)
      case "x":
        if skip("{") {
          guard let close = text[index...].firstIndex(of: "}"),
            let value = UInt32(String(String.UnicodeScalarView(text[index..<close])), radix: 16)
          else { return nil }
          index = close + 1
          return ScalarSet(ranges: [value...value])
        }
        return hex(2)
      case "p", "P": return property(isNegative: scalar == "P")
      default:
        // Letters and digits with other meanings (back references, boundaries) aren't understood.
        let isAlphanumeric = scalar.isASCII && (scalar.properties.isAlphabetic || (48...57).contains(scalar.value))
        return isAlphanumeric ? nil : ScalarSet(ranges: [scalar.value...scalar.value])
      }
    }

    private mutating func hex(_ digits: Int) -> ScalarSet? {
      guard let value = hexValue(digits) else { return nil }
      // A surrogate pair is one scalar.
      if (0xD800...0xDBFF).contains(value) {
        let saved = index
        if skip("\\"), skip("u"), let low = hexValue(4), (0xDC00...0xDFFF).contains(low) {
          let scalar = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
          return ScalarSet(ranges: [scalar...scalar])
        }
        index = saved
      }
      return ScalarSet(ranges: [value...value])
    }

    private mutating func hexValue(_ digits: Int) -> UInt32? {
      guard index + digits <= text.count else { return nil }
      defer { index += digits }
      return UInt32(String(String.UnicodeScalarView(text[index..<index + digits])), radix: 16)
    }

    private mutating func property(isNegative: Bool) -> ScalarSet? {
      var name = ""
      if skip("{") {
        guard let close = text[index...].firstIndex(of: "}") else { return nil }
        name = String(String.UnicodeScalarView(text[index..<close]))
        index = close + 1
      } else if let scalar = current {
        name = String(scalar)
        index += 1
      }
      let category: ScalarSet.Category
      switch name {
      case "L", "IsL", "IsAlphabetic": category = .letter
      case "Lu": category = .upper
      case "Ll": category = .lower
      case "N": category = .number
      case "Nd": category = .digit
      case "M": category = .mark
      case "P", "IsPunctuation": category = .punctuation
      case "S": category = .symbol
      case "Z", "Zs": category = .separator
      case "C", "Cc": category = .control
      case "Alpha": return ScalarSet(ranges: [65...90, 97...122], isNegated: isNegative)
      case "Alnum": return ScalarSet(ranges: [48...57, 65...90, 97...122], isNegated: isNegative)
      case "Digit": return ScalarSet(ranges: [48...57], isNegated: isNegative)
      case "Upper": return ScalarSet(ranges: [65...90], isNegated: isNegative)
      case "Lower": return ScalarSet(ranges: [97...122], isNegated: isNegative)
      case "ASCII": return ScalarSet(ranges: [0...127], isNegated: isNegative)
      case "Graph": return ScalarSet(ranges: [33...126], isNegated: isNegative)
      case "Print": return ScalarSet(ranges: [32...126], isNegated: isNegative)
      case "Punct": return ScalarSet(ranges: [33...47, 58...64, 91...96, 123...126], isNegated: isNegative)
      case "Space": return ScalarSet(ranges: [9...13, 32...32], isNegated: isNegative)
      case "XDigit": return ScalarSet(ranges: [48...57, 65...70, 97...102], isNegated: isNegative)
      default: return nil
      }
      return ScalarSet(categories: [(category, isNegative)])
    }

    private mutating func set() -> ScalarSet? {
      var result = ScalarSet(isNegated: skip("^"))
      var isFirst = true
      while let scalar = current {
        if scalar == "]", !isFirst {
          index += 1
          return result
        }
        isFirst = false
        guard let low = setItem() else { return nil }
        if current == "-", index + 1 < text.count, text[index + 1] != "]", low.isOneScalar {
          let saved = index
          index += 1
          if let high = setItem(), high.isOneScalar, let from = low.ranges.first?.lowerBound,
            let to = high.ranges.first?.lowerBound, from <= to
          {
            result.ranges.append(from...to)
            continue
          }
          index = saved
        }
        if !result.add(low) { return nil }
      }
      return nil
    }

    private mutating func setItem() -> ScalarSet? {
      guard let scalar = current else { return nil }
      index += 1
      switch scalar {
      case "\\": return escape()
      case "[":
        // `[:alpha:]` and nested classes.
        return set()
      case "&" where current == "&": return nil
      default: return ScalarSet(ranges: [scalar.value...scalar.value])
      }
    }
  }
}

extension Pattern.ScalarSet {
  fileprivate var isOneScalar: Bool {
    ranges.count == 1 && categories.isEmpty && !isNegated && ranges[0].lowerBound == ranges[0].upperBound
  }

  /// Takes up another class; false for what has no simple union.
  fileprivate mutating func add(_ other: Pattern.ScalarSet) -> Bool {
    if other.isNegated {
      guard other.categories.isEmpty else { return false }
      var next: UInt32 = 0
      for range in other.ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
        if range.lowerBound > next { ranges.append(next...range.lowerBound - 1) }
        next = Swift.max(next, range.upperBound + 1)
      }
      if next <= 0x10FFFF { ranges.append(next...0x10FFFF) }
    } else {
      ranges += other.ranges
      categories += other.categories
    }
    return true
  }
}
