/// Why bytes can't be read as an operation's input; each protocol words it as its services do.
enum CodecFailure: Error, Sendable {
  /// The body isn't what the protocol says.
  case malformed(String)
  /// One value isn't of its type.
  case value(name: String, text: String, reason: String)
  /// Deeper than any model needs.
  case tooDeep

  /// How deep values may be nested.
  static let depthLimit = 100

  var reason: String {
    switch self {
    case .malformed(let reason): reason
    case .value(_, _, let reason): reason
    case .tooDeep: "The input is nested too deeply"
    }
  }
}
