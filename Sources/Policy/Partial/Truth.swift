/// An answer on incomplete knowledge, with Kleene's rules: a no outweighs what is unknown in a conjunction, a yes in a
/// disjunction.
public enum Truth: UInt8, Sendable, Hashable {
  case no
  case unknown
  case yes

  public init(_ value: Bool) { self = value ? .yes : .no }

  /// Both.
  public static func && (left: Truth, right: @autoclosure () -> Truth) -> Truth {
    left == .no ? .no : min(left, right())
  }

  /// Either.
  public static func || (left: Truth, right: @autoclosure () -> Truth) -> Truth {
    left == .yes ? .yes : max(left, right())
  }

  /// The opposite; what is unknown stays so.
  public static prefix func ! (value: Truth) -> Truth {
    switch value {
    case .no: .yes
    case .unknown: .unknown
    case .yes: .no
    }
  }
}

extension Truth: Comparable {
  public static func < (left: Truth, right: Truth) -> Bool { left.rawValue < right.rawValue }
}
