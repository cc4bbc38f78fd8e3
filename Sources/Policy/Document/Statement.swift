/// A statement's effect.
public enum PolicyEffect: String, Sendable, Codable, Hashable {
  case allow = "Allow"
  case deny = "Deny"
}

/// One statement, compiled. A class, so that walking over statements copies nothing.
final class Statement: Sendable {
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

  /// Compiles a statement from its JSON.
  init(_ node: JSONNode, index: Int, variables: Bool) {
    var malformed = node.members == nil
    func strings(_ node: JSONNode) -> [String] { node.asList.compactMap(\.string) }

    self.index = index
    range = node.start..<node.end
    sid = node["Sid"]?.string
    effect = node["Effect"]?.string.flatMap(PolicyEffect.init(rawValue:))

    if let element = node["Principal"] {
      principals = .principal(PrincipalElement(element))
    } else if let element = node["NotPrincipal"] {
      principals = .notPrincipal(PrincipalElement(element))
    } else {
      principals = .absent
    }

    if let element = node["Action"] {
      actions = .action(strings(element).map(ActionPattern.init))
    } else if let element = node["NotAction"] {
      actions = .notAction(strings(element).map(ActionPattern.init))
    } else {
      actions = .absent
    }

    if let element = node["Resource"] {
      resources = .resource(strings(element).map { ResourcePattern($0, variables: variables) })
    } else if let element = node["NotResource"] {
      resources = .notResource(strings(element).map { ResourcePattern($0, variables: variables) })
    } else {
      resources = .absent
    }

    var clauses: [ConditionClause] = []
    if let condition = node["Condition"], !condition.isNull {
      if let operators = condition.members {
        for entry in operators {
          guard let keys = entry.node.members else {
            malformed = true
            continue
          }
          for key in keys {
            let values = key.node.asList.compactMap(Statement.conditionValue)
            clauses.append(
              ConditionClause(operator: entry.key, key: key.key, values: values, variables: variables))
          }
        }
      } else {
        malformed = true
      }
    }
    conditions = clauses
    isMalformed = malformed || effect == nil
  }

  /// A statement of which it is settled whether resource and conditions match; principals and actions are still asked.
  init(settling other: Statement, isMatch: Bool) {
    index = other.index
    sid = other.sid
    effect = other.effect
    principals = other.principals
    actions = other.actions
    resources = .absent
    conditions = []
    isMalformed = other.isMalformed || !isMatch
    range = other.range
  }

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
