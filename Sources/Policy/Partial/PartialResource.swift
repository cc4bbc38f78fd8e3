/// The resource of a request that may be known in part only: `arn:aws:iam::111122223333:role/*app` for a role whose name is
/// known and whose path isn't.
public struct PartialResource: Sendable {
  enum Form: Sendable {
    case exact(RequestedResource)
    /// Six parts with `Wildcard.run` for what is unknown; inside the first five it stands for a text without colons.
    case likeness(parts: [[UInt8]])
  }

  let form: Form
  /// For people; `*` stands for what is unknown.
  public let text: String

  /// A resource whose ARN is known, or `*` for actions without resource types.
  public init(_ arn: String) {
    form = .exact(RequestedResource(arn))
    text = arn
  }

  /// A resource of which only a likeness is known: an ARN in which `*` stands for what is unknown, a character as it is
  /// otherwise. A likeness without six parts says nothing at all.
  public init(like text: String) {
    let tokens = text.utf8.map { $0 == UInt8(ascii: "*") ? Wildcard.run : $0 }
    let parts = tokens.split(separator: UInt8(ascii: ":"), maxSplits: 5, omittingEmptySubsequences: false)
    form = .likeness(
      parts: parts.count == 6 ? parts.map(Array.init) : Array(repeating: [Wildcard.run], count: 6))
    self.text = text
  }

  /// Whether the ARN is known in full.
  public var isExact: Bool {
    if case .exact = form { return true }
    return false
  }
}

/// Patterns against likenesses of texts, both with wildcards.
enum Likeness {
  /// Whether every text that is like `likeness` matches `pattern`; a no means that it isn't certain.
  ///
  /// What is unknown is matched by a run of the pattern only, so a run that covers it covers whatever it stands for.
  static func isCovered(_ likeness: [UInt8], by pattern: [UInt8]) -> Bool {
    var p = 0
    var t = 0
    var runPattern = -1
    var runText = 0
    while true {
      if p < pattern.count, pattern[p] == Wildcard.run {
        p += 1
        runPattern = p
        runText = t
      } else if p < pattern.count, t < likeness.count, covers(pattern[p], likeness[t]) {
        p += 1
        t += 1
      } else if p == pattern.count, t == likeness.count {
        return true
      } else {
        guard runPattern >= 0, runText < likeness.count else { return false }
        runText += 1
        p = runPattern
        t = runText
      }
    }
  }

  private static func covers(_ token: UInt8, _ byte: UInt8) -> Bool {
    if byte == Wildcard.run { return false }
    return token == byte || token == Wildcard.one && byte < 0x80
  }

  /// Whether some text is like `likeness` and matches `pattern`. Takes the product of both lengths.
  static func canMeet(_ likeness: [UInt8], _ pattern: [UInt8]) -> Bool {
    // reached[p]: what was read of the likeness can match the pattern before p.
    var reached = [Bool](repeating: false, count: pattern.count + 1)
    func spread(_ reached: inout [Bool]) {
      for p in pattern.indices where reached[p] && pattern[p] == Wildcard.run { reached[p + 1] = true }
    }
    reached[0] = true
    spread(&reached)
    for byte in likeness {
      var next = [Bool](repeating: false, count: pattern.count + 1)
      if byte == Wildcard.run {
        // It may stand for nothing, or for whatever the pattern asks for.
        var any = false
        for p in reached.indices {
          any = any || reached[p]
          next[p] = any
        }
      } else {
        for p in pattern.indices where reached[p] {
          switch pattern[p] {
          case Wildcard.run: next[p] = true
          // A character of several bytes is taken for as many characters: more may meet than really do.
          case Wildcard.one:
            next[p + 1] = true
            if byte >= 0x80 { next[p] = true }
          case byte: next[p + 1] = true
          default: break
          }
        }
        spread(&next)
      }
      reached = next
    }
    return reached[pattern.count]
  }
}
