/// How CloudTrail sees an operation: under which name, in which category, and whether it only reads.
public struct AuditEvent: Sendable, Equatable {
  /// CloudTrail's kinds of API events.
  public enum Category: Sendable, Equatable {
    /// What trails record by default.
    case management
    /// What trails record only when their selectors name the resource type (`AWS::S3::Object`).
    case data(resourceType: String)
  }

  public var category: Category
  /// Whether the operation changes nothing; nothing means that its name tells (`Describe…`, `Get…`, `List…`, `Head…`).
  public var isReadOnly: Bool?
  /// The event's name where it is not the operation's.
  public var name: String?

  /// A management event.
  public static func management(readOnly: Bool? = nil, name: String? = nil) -> AuditEvent {
    AuditEvent(category: .management, isReadOnly: readOnly, name: name)
  }

  /// A data event on resources of a type, named as in event selectors.
  public static func data(_ resourceType: String, readOnly: Bool? = nil, name: String? = nil) -> AuditEvent {
    AuditEvent(category: .data(resourceType: resourceType), isReadOnly: readOnly, name: name)
  }

  /// Whether a call of `operation` changes nothing.
  public func isReadOnly(_ operation: String) -> Bool {
    isReadOnly ?? AuditEvent.readingVerbs.contains { operation.hasPrefix($0) }
  }

  private static let readingVerbs = ["Describe", "Get", "List", "Head", "Count"]
}
