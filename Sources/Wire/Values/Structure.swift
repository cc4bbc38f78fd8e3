/// A generated type for one structure shape of a model.
public protocol Structure: Sendable {
  /// Reads the members it knows; an absent required one becomes empty (validation has refused that before).
  init(_ value: StructureValue)
  /// All members by position.
  var structureValue: StructureValue { get }
}

/// The input or output of operations that have none.
public struct NoMembers: Structure, Equatable {
  public init() {}
  public init(_ value: StructureValue) {}
  public var structureValue: StructureValue { .empty }
}

/// Holds a structure that contains itself.
public indirect enum Boxed<Content: Sendable>: Sendable {
  case content(Content)

  public init?(_ content: Content?) {
    guard let content else { return nil }
    self = .content(content)
  }

  public var content: Content {
    switch self {
    case .content(let content): content
    }
  }
}
