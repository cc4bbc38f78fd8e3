/// A REST operation's path with labels, and its constant query.
struct URIPattern: Sendable {
  enum Segment: Sendable, Equatable {
    case literal(String)
    case label(String)
    /// Takes the rest of the path, slashes included.
    case greedy(String)
  }

  let segments: [Segment]
  /// Parameters that must be there; without value, any value will do.
  let constants: [(name: String, value: String?)]

  init(_ text: String) {
    let path = text.prefix { $0 != "?" }
    var segments: [Segment] = []
    for part in path.split(separator: "/", omittingEmptySubsequences: true) {
      if part.hasPrefix("{"), part.hasSuffix("+}") {
        segments.append(.greedy(String(part.dropFirst().dropLast(2))))
      } else if part.hasPrefix("{"), part.hasSuffix("}") {
        segments.append(.label(String(part.dropFirst().dropLast())))
      } else {
        segments.append(.literal(String(part)))
      }
    }
    self.segments = segments
    var constants: [(name: String, value: String?)] = []
    for parameter in text.dropFirst(path.count + 1).split(separator: "&") {
      let parts = parameter.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      constants.append((String(parts[0]), parts.count > 1 ? Percent.decode(String(parts[1])) : nil))
    }
    self.constants = constants
  }

  /// The labels' values, decoded; nothing when the path isn't of this form.
  func match(_ path: String) -> [(name: String, value: String)]? {
    let parts = URIPattern.split(path)
    let greedyIndex = segments.firstIndex { if case .greedy = $0 { true } else { false } }
    if greedyIndex == nil {
      // A slash at the end changes nothing: S3's own clients send `/bucket/`.
      let count = parts.count > segments.count && parts.last?.isEmpty == true ? parts.count - 1 : parts.count
      guard count == segments.count else { return nil }
    } else if parts.count < segments.count {
      return nil
    }
    var labels: [(name: String, value: String)] = []
    var index = 0
    for (position, segment) in segments.enumerated() {
      switch segment {
      case .literal(let text):
        guard parts[index] == text || Percent.decode(String(parts[index])) == text else { return nil }
        index += 1
      case .label(let name):
        guard !parts[index].isEmpty else { return nil }
        labels.append((name, Percent.decode(String(parts[index]))))
        index += 1
      case .greedy(let name):
        let end = parts.count - (segments.count - position - 1)
        let rest = parts[index..<end].joined(separator: "/")
        guard !rest.isEmpty else { return nil }
        labels.append((name, Percent.decode(rest)))
        index = end
      }
    }
    return labels
  }

  /// A path's segments; the leading slash isn't one.
  static func split(_ path: String) -> [Substring] {
    let rest = path.utf8.first == UInt8(ascii: "/") ? path.dropFirst() : Substring(path)
    return rest.isEmpty ? [] : rest.split(separator: "/", omittingEmptySubsequences: false)
  }
}
