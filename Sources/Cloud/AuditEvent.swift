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
  /// Whether CloudTrail shows what was answered though the operation only reads (`AssumeRole`).
  public var showsResponse: Bool?

  /// A management event.
  public static func management(
    readOnly: Bool? = nil, name: String? = nil, showsResponse: Bool? = nil
  ) -> AuditEvent {
    AuditEvent(category: .management, isReadOnly: readOnly, name: name, showsResponse: showsResponse)
  }

  /// A data event on resources of a type, named as in event selectors.
  public static func data(_ resourceType: String, readOnly: Bool? = nil, name: String? = nil) -> AuditEvent {
    AuditEvent(category: .data(resourceType: resourceType), isReadOnly: readOnly, name: name)
  }

  /// Whether a call of `operation` changes nothing.
  public func isReadOnly(_ operation: String) -> Bool {
    isReadOnly ?? AuditEvent.readingVerbs.contains { operation.hasPrefix($0) }
  }

  /// Whether CloudTrail shows the answer of a call of `operation`: of what only reads it mostly doesn't.
  public func showsResponse(_ operation: String) -> Bool { showsResponse ?? !isReadOnly(operation) }

  /// The type of the resources in event selectors; nothing for management events.
  public var dataResourceType: String? {
    if case .data(let type) = category { type } else { nil }
  }

  private static let readingVerbs = ["Describe", "Get", "List", "Head", "Count", "Lookup", "Simulate"]
}
