/// Policy text with variables, `arn:aws:s3:::home/${aws:username, 'nobody'}/*`, cut once into its pieces.
///
/// AWS: IAM user guide, "IAM policy elements: Variables and tags". Variables exist only in documents of version
/// 2012-10-17, name single-valued keys, and may have a default; `${*}`, `${?}` and `${$}` are the characters themselves.
struct Template: Sendable {
  private enum Piece: Sendable {
    case text([UInt8])
    case variable(ContextKey, fallback: [UInt8]?)
  }

  private let pieces: [Piece]

  /// The keys that the template names and has no default for.
  var requiredKeys: [ContextKey] {
    pieces.compactMap { piece in
      if case .variable(let key, nil) = piece { return key }
      return nil
    }
  }

  /// Cuts `text`; nothing if there is no variable in it.
  ///
  /// - Parameter wildcards: whether `*` and `?` outside of variables are wildcards.
  init?(_ text: String, wildcards: Bool) {
    let bytes = Array(text.utf8)
    var pieces: [Piece] = []
    var literal: [UInt8] = []
    var found = false
    var at = 0
    while at < bytes.count {
      guard bytes[at] == UInt8(ascii: "$"), at + 1 < bytes.count, bytes[at + 1] == UInt8(ascii: "{"),
        let close = bytes[(at + 2)...].firstIndex(of: UInt8(ascii: "}"))
      else {
        literal.append(contentsOf: wildcards ? Wildcard.compile(CollectionOfOne(bytes[at])) : [bytes[at]])
        at += 1
        continue
      }
      found = true
      let body = bytes[(at + 2)..<close]
      if body.count == 1, let only = body.first, "*?$".utf8.contains(only) {
        literal.append(only)
      } else {
        if !literal.isEmpty { pieces.append(.text(literal)) }
        literal = []
        let comma = body.firstIndex(of: UInt8(ascii: ","))
        let key = Self.trimmed(body[..<(comma ?? body.endIndex)])
        let rest = comma.map { Self.trimmed(body[($0 + 1)...]) } ?? []
        var fallback: [UInt8]?
        if rest.count >= 2, rest.first == UInt8(ascii: "'"), rest.last == UInt8(ascii: "'") {
          fallback = Array(rest.dropFirst().dropLast())
        }
        pieces.append(.variable(ContextKey(String(decoding: key, as: UTF8.self)), fallback: fallback))
      }
      at = close + 1
    }
    guard found else { return nil }
    if !literal.isEmpty { pieces.append(.text(literal)) }
    self.pieces = pieces
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var bytes = bytes
    while let first = bytes.first, first == 0x20 || (0x09...0x0D).contains(first) { bytes.removeFirst() }
    while let last = bytes.last, last == 0x20 || (0x09...0x0D).contains(last) { bytes.removeLast() }
    return bytes
  }

  /// The text with the context's values, or nothing if a variable without a default has no single value.
  func resolved(in context: ConditionContext) -> [UInt8]? {
    var out: [UInt8] = []
    for piece in pieces {
      switch piece {
      case .text(let bytes): out.append(contentsOf: bytes)
      case .variable(let key, let fallback):
        if case .single(let value) = context.lookup(key) {
          out.append(contentsOf: value.utf8)
        } else if let fallback {
          out.append(contentsOf: fallback)
        } else {
          return nil
        }
      }
    }
    return out
  }
}
