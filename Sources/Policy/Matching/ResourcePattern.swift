/// The resource of a request, prepared once for all patterns.
struct RequestedResource: Sendable {
  let bytes: [UInt8]
  /// Where the ARN's service part is; empty if there is none.
  let service: Range<Int>
  /// Actions without resource types are judged on `*`.
  let isEverything: Bool

  init(_ text: String) {
    bytes = Array(text.utf8)
    isEverything = bytes == [UInt8(ascii: "*")]
    var colons: [Int] = []
    for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: ":") {
      colons.append(index)
      if colons.count == 3 { break }
    }
    service = colons.count < 2 ? 0..<0 : colons[1] + 1..<(colons.count == 3 ? colons[2] : bytes.count)
  }
}

/// One value of `Resource` or `NotResource`.
///
/// AWS: IAM user guide, "IAM JSON policy elements: Resource". Case-sensitive; `*` and `?` stay inside a part of the ARN,
/// but a `*` that ends a part may run past the colon; no wildcard inside the service part; missing parts are `*`.
struct ResourcePattern: Sendable {
  /// As written.
  let text: String
  private let form: Form

  private enum Form: Sendable {
    case everything
    case fixed(Matcher)
    case template(Template)
  }

  init(_ text: String, variables: Bool) {
    self.text = text
    if text == "*" {
      form = .everything
    } else if variables, let template = Template(text, wildcards: true) {
      form = .template(template)
    } else {
      form = .fixed(Matcher(Wildcard.compile(text.utf8)))
    }
  }

  /// The keys of variables without a default.
  var requiredKeys: [ContextKey] {
    if case .template(let template) = form { return template.requiredKeys }
    return []
  }

  func matches(_ resource: RequestedResource, _ context: ConditionContext) -> Bool {
    switch form {
    case .everything: return true
    case .fixed(let matcher): return matcher.matches(resource)
    case .template(let template):
      guard let tokens = template.resolved(in: context) else { return false }
      return Matcher(tokens).matches(resource)
    }
  }

  private struct Matcher: Sendable {
    private let pattern: Pattern
    /// What the resource's service part must be, unless the pattern settles it.
    private let service: [UInt8]?
    private let matchesEverything: Bool
    private let matchesNothing: Bool

    init(_ tokens: [UInt8]) {
      matchesEverything = !tokens.isEmpty && tokens.allSatisfy { $0 == Wildcard.run }
      guard tokens.starts(with: "arn:".utf8) else {
        pattern = Pattern(tokens)
        service = nil
        matchesNothing = false
        return
      }
      var parts = tokens.split(separator: UInt8(ascii: ":"), maxSplits: 5, omittingEmptySubsequences: false).map(
        Array.init)
      while parts.count < 6 { parts.append([Wildcard.run]) }
      var out: [UInt8] = []
      for part in parts[..<5] {
        for (index, byte) in part.enumerated() {
          switch byte {
          case Wildcard.run: out.append(index == part.count - 1 ? Wildcard.run : Wildcard.partRun)
          case Wildcard.one: out.append(Wildcard.partOne)
          default: out.append(byte)
          }
        }
        out.append(UInt8(ascii: ":"))
      }
      pattern = Pattern(out + parts[5])
      if parts[2] == [Wildcard.run] {
        service = nil
        matchesNothing = false
      } else {
        matchesNothing = parts[2].contains { $0 >= Wildcard.least }
        let settled = parts[..<2].allSatisfy { part in part.allSatisfy { $0 < Wildcard.least } }
        service = settled ? nil : parts[2]
      }
    }

    func matches(_ resource: RequestedResource) -> Bool {
      if resource.isEverything { return matchesEverything }
      if matchesNothing { return false }
      if let service, !resource.bytes[resource.service].elementsEqual(service) { return false }
      return resource.bytes.withUnsafeBufferPointer(pattern.matches)
    }
  }
}
