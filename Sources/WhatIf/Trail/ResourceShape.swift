import Policy

/// What the ARNs of a type of resource look like, to find them in a record, or to make them from what it tells.
struct ResourceShape: Sendable {
  /// A piece of the part behind the account.
  enum Piece: Sendable, Equatable {
    case text(String)
    case variable(String)
  }

  let type: String
  private let service: String
  private let hasRegion: Bool
  private let hasAccount: Bool
  let pieces: [Piece]

  init(_ type: AuthorizationFacts.ResourceType) {
    self.type = type.name
    let parts = type.template.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false).map(String.init)
    service = parts.count == 6 ? parts[2] : ""
    hasRegion = parts.count == 6 && !parts[3].isEmpty
    hasAccount = parts.count == 6 && !parts[4].isEmpty
    var pieces: [Piece] = []
    var text = ""
    for character in parts.count == 6 ? parts[5] : "" {
      switch character {
      case "{":
        if !text.isEmpty { pieces.append(.text(text)) }
        text = ""
      case "}":
        pieces.append(.variable(text))
        text = ""
      default: text.append(character)
      }
    }
    if !text.isEmpty { pieces.append(.text(text)) }
    self.pieces = pieces
  }

  /// Whether an ARN can be one of this type.
  func fits(_ arn: String) -> Bool {
    guard let (found, last) = ARNText.serviceAndRest(arn), found == service else { return false }
    var rest = last
    for (index, piece) in pieces.enumerated() {
      switch piece {
      case .text(let text):
        if index == 0 {
          guard rest.hasPrefix(text) else { return false }
          rest = rest.dropFirst(text.count)
        } else {
          guard let range = Self.find(text, in: rest) else { return false }
          rest = rest[range.upperBound...]
        }
      case .variable:
        guard !rest.isEmpty else { return false }
        // Only the last variable may have a slash: a bucket is no object.
        if index == pieces.count - 1, index == 0, service == "s3" { return !rest.utf8.contains(UInt8(ascii: "/")) }
      }
    }
    return true
  }

  private static func find(_ text: String, in rest: Substring) -> Range<Substring.Index>? {
    let utf8 = rest.utf8
    var at = utf8.startIndex
    while at != utf8.endIndex {
      if utf8[at...].starts(with: text.utf8) { return at..<utf8.index(at, offsetBy: text.utf8.count) }
      at = utf8.index(after: at)
    }
    return nil
  }

  /// An ARN from what is known of its variables.
  /// - Parameters:
  ///   - region: `*` if it isn't known; likewise the account.
  ///   - value: a variable's value; `*` in it stands for what is unknown. Nothing if nothing is known.
  func make(partition: String, region: String, account: String, _ value: (String) -> String?) -> (
    arn: String, isExact: Bool
  ) {
    var text = ""
    var isExact = !service.isEmpty && !(hasRegion && region == "*") && !(hasAccount && account == "*")
    for piece in pieces {
      switch piece {
      case .text(let piece): text += piece
      case .variable(let name):
        let known = value(name) ?? "*"
        if known.contains("*") { isExact = false }
        text += known
      }
    }
    let arn = "arn:\(partition):\(service):\(hasRegion ? region : ""):\(hasAccount ? account : ""):\(text)"
    return (arn, isExact)
  }

  /// The names of the variables.
  var variables: [String] {
    pieces.compactMap { piece in
      if case .variable(let name) = piece { return name }
      return nil
    }
  }
}
