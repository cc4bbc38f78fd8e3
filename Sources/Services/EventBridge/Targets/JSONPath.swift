import Wire

/// The paths of InputPath and InputPathsMap: `$.detail.items[0].name`, with `*` for all members or elements.
///
/// AWS: EventBridge user guide, "Input transformation": dot notation, dashes, underscores, alphanumeric characters, array indices,
/// wildcards and forward slashes.
struct JSONPath: Sendable, Equatable {
  private enum Step: Sendable, Equatable {
    case member(String)
    case element(Int)
    case all
  }

  private let steps: [Step]

  /// Nothing for a text that is no path.
  init?(_ text: String) {
    var rest = Substring(text)
    guard rest.popFirst() == "$" else { return nil }
    var steps: [Step] = []
    while let first = rest.popFirst() {
      switch first {
      case ".":
        let name = rest.prefix { $0 != "." && $0 != "[" }
        guard !name.isEmpty else { return nil }
        rest = rest.dropFirst(name.count)
        steps.append(name == "*" ? .all : .member(String(name)))
      case "[":
        guard let end = rest.firstIndex(of: "]") else { return nil }
        let inner = rest[..<end]
        rest = rest[rest.index(after: end)...]
        if inner == "*" {
          steps.append(.all)
        } else if let index = Int(inner), index >= 0 {
          steps.append(.element(index))
        } else if inner.count >= 2, inner.first == "'", inner.last == "'" {
          steps.append(.member(String(inner.dropFirst().dropLast())))
        } else {
          return nil
        }
      default: return nil
      }
    }
    self.steps = steps
  }

  /// What the path leads to; nothing if it leads nowhere. A path with a wildcard leads to an array.
  func value(in document: JSONValue) -> JSONValue? {
    var values = [document]
    var isMany = false
    for step in steps {
      switch step {
      case .member(let name): values = values.compactMap { $0[name] }
      case .element(let index):
        values = values.compactMap { value in value.array.flatMap { index < $0.count ? $0[index] : nil } }
      case .all:
        isMany = true
        values = values.flatMap { value in value.array ?? value.object?.map(\.value) ?? [] }
      }
      if values.isEmpty { return nil }
    }
    return isMany ? .array(values) : values.first
  }
}
