/// One of SWF's task lists: deciders and workers have lists of their own, even under the same name.
public struct TaskList: Sendable, Hashable {
  public enum Kind: String, Sendable {
    case decision, activity
  }

  public let kind: Kind
  public let domain: String
  public let name: String

  public init(_ kind: Kind, domain: String, name: String) {
    self.kind = kind
    self.domain = domain
    self.name = name
  }
}
