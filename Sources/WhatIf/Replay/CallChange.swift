import Policy

/// What a change would do to a call.
public struct CallChange: Sendable {
  public enum Outcome: String, Sendable, Codable, Hashable, CaseIterable {
    case newlyDenied
    case newlyAllowed
    /// It can't be told from what was recorded.
    case unknown
  }

  public let outcome: Outcome
  /// Which of the call's checks it is about.
  public let check: Int
  /// The statement or the level that denies: after the change, or before it for what becomes allowed. For what is
  /// unknown, the statement that could deny, if there is one.
  public let decider: Decider?
  /// What is not known: condition keys, `resource`, `other policies`.
  public let missing: [String]
}

/// What denies: a statement, or a level without a statement that allows.
public struct Decider: Sendable, Hashable {
  public enum Layer: String, Sendable, Codable, Hashable {
    case serviceControl = "scp"
    case resourceControl = "rcp"
  }

  public let layer: Layer
  /// The id of a root, unit or account.
  public let level: String
  public let levelName: String
  /// Nothing if the level denies because nothing there allows.
  public let policy: PolicyName?

  public struct PolicyName: Sendable, Hashable {
    public let id: String
    public let name: String
    /// The statement's `Sid`, or its place in the document.
    public let statement: String
  }
}
