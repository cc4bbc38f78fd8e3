/// A statement's effect.
public enum PolicyEffect: String, Sendable, Codable, Hashable {
  case allow = "Allow"
  case deny = "Deny"
}

/// One statement, compiled.
struct Statement: Sendable {
  enum Principals: Sendable {
    case absent
    case principal(PrincipalElement)
    case notPrincipal(PrincipalElement)
  }

  enum Actions: Sendable {
    case absent
    case action([ActionPattern])
    case notAction([ActionPattern])
  }

  enum Resources: Sendable {
    /// Trust policies and some other resource policies have no `Resource`; it matches.
    case absent
    case resource([ResourcePattern])
    case notResource([ResourcePattern])
  }

  /// Its place in the document, from 0.
  let index: Int
  let sid: String?
  /// Nothing if the document says neither Allow nor Deny; such a statement never matches.
  let effect: PolicyEffect?
  let principals: Principals
  let actions: Actions
  let resources: Resources
  let conditions: [ConditionClause]
  /// A part has a shape that can't be judged; such a statement never matches.
  let isMalformed: Bool
  /// Byte offsets in the document's text.
  let range: Range<Int>

  /// The `Sid`, or the place in the document.
  var label: String {
    if let sid, !sid.isEmpty { return sid }
    return String(index)
  }

  func matchesAction(_ request: PreparedRequest) -> Bool {
    request.action.withUnsafeBufferPointer { action in
      switch actions {
      case .absent: false
      case .action(let patterns): patterns.contains { $0.matches(action) }
      case .notAction(let patterns): !patterns.contains { $0.matches(action) }
      }
    }
  }

  func matchesResource(_ request: PreparedRequest) -> Bool {
    switch resources {
    case .absent: true
    case .resource(let patterns): patterns.contains { $0.matches(request.resource, request.context) }
    case .notResource(let patterns): !patterns.contains { $0.matches(request.resource, request.context) }
    }
  }

  func matchesConditions(_ request: PreparedRequest) -> Bool {
    conditions.allSatisfy { $0.holds(request.context) }
  }

  /// Whether action, resource and conditions match; the principal is the caller's business.
  func matches(_ request: PreparedRequest) -> Bool {
    !isMalformed && matchesAction(request) && matchesResource(request) && matchesConditions(request)
  }
}

/// A request made ready for matching.
struct PreparedRequest: Sendable {
  /// In lower case.
  let action: [UInt8]
  let resource: RequestedResource
  let context: ConditionContext
  let principal: Principal

  init(_ request: AuthorizationRequest) {
    action = request.action.utf8.map(asciiLowercased)
    resource = RequestedResource(request.resource)
    context = request.context
    principal = request.principal
  }
}
