import Policy

/// What a recorded event needed permission for: from the event's source and name to IAM actions.
final class TrailAction {
  /// An action with the types of resources that it is judged on.
  struct Need {
    let action: String
    /// Instead of ``action`` when the request names a version (`s3:GetObjectVersion`).
    let versionAction: String?
    let shapes: [ResourceShape]
    /// Whether it is judged on a resource of each of the types, rather than on whichever the request names.
    let needsEach: Bool
    /// Whether there are facts for the action; without them its resource isn't known unless the record names one.
    let isKnown: Bool
    /// For operations that copy, the side that the resource is on.
    let isSource: Bool
  }

  let needs: [Need]
  /// The service that a role is passed to, if the operation passes one.
  let passesRoleTo: String?
  /// The event needs no permission.
  let isFree: Bool

  init(source: String, event: String) {
    let service = source.split(separator: ".").first.map(String.init) ?? source
    let operation = Self.operation(of: event)
    let prefix = Self.prefixes[service] ?? service
    isFree = prefix == "sts" && operation == "GetCallerIdentity" || prefix == "signin"
    var needs: [Need] = []
    for permission in Self.permissions(prefix, operation) {
      switch permission.need {
      // Which optional features were used, records do not tell reliably.
      case .whenUsed: continue
      case .alternative:
        guard let before = needs.popLast() else { continue }
        let isVersion = permission.action.hasSuffix("Version") || permission.action.contains("ObjectVersion")
        needs.append(
          Need(
            action: before.action, versionAction: isVersion ? permission.action : before.versionAction,
            shapes: before.shapes, needsEach: before.needsEach, isKnown: before.isKnown, isSource: before.isSource))
      case .always:
        let action = permission.action
        var shapes = AuthorizationFacts.shared.resourceTypes(of: action).map(ResourceShape.init)
        let required = AuthorizationFacts.shared.action(action)?.resourceTypes.filter(\.isRequired).map(\.name) ?? []
        if !required.isEmpty { shapes = shapes.filter { required.contains($0.type) } }
        if let kind = permission.resource, shapes.contains(where: { $0.type == kind }) {
          shapes = shapes.filter { $0.type == kind }
        }
        needs.append(
          Need(
            action: action, versionAction: nil, shapes: permission.resource == "*" ? [] : shapes,
            needsEach: !required.isEmpty,
            isKnown: AuthorizationFacts.shared.action(action) != nil, isSource: permission.side == "src"))
      }
    }
    self.needs = needs
    passesRoleTo = needs.first.flatMap { need in
      AuthorizationFacts.rolePassers.first { $0.key.prefix { $0 != "(" } == need.action }?.value
    }
  }

  /// A permission of an operation: the table's, or the one that the operation's name tells.
  private struct Permission {
    let action: String
    var need = OperationPermission.Need.always
    var resource: String?
    var side: String?
  }

  private static func permissions(_ prefix: String, _ operation: String) -> [Permission] {
    switch prefix {
    // Its actions are HTTP's verbs, and a record has no path to judge them on.
    case "apigateway": return [Permission(action: "apigateway:\(verb(operation))")]
    // The services of the table of exceptions whose event source begins as botocore names them.
    case "s3", "sqs", "sns", "kms", "lambda", "cloudfront":
      return AuthorizationFacts.permissions(forOperation: operation, of: prefix).map {
        Permission(action: $0.action, need: $0.need, resource: $0.resource, side: $0.side)
      }
    case "access-analyzer" where operation.hasSuffix("FindingV2") || operation.hasSuffix("FindingsV2"):
      return [Permission(action: "\(prefix):\(operation.dropLast(2))")]
    default: return [Permission(action: "\(prefix):\(operation)")]
    }
  }

  private static func verb(_ operation: String) -> String {
    for (start, verb) in [
      ("Get", "GET"), ("Create", "POST"), ("Delete", "DELETE"), ("Update", "PATCH"), ("Put", "PUT"), ("Import", "POST"),
      ("Tag", "PUT"), ("Untag", "DELETE"),
    ] where operation.hasPrefix(start) { return verb }
    return "POST"
  }

  /// Event names of Lambda and CloudFront end with the date of the API: `CreateFunction20150331`,
  /// `UpdateFunctionCode20150331v2`, `CreateDistribution2020_05_31`.
  static func operation(of event: String) -> String {
    var name = Substring(event)
    if let mark = name.lastIndex(of: "v"), mark != name.startIndex, name[name.index(before: mark)].isNumber,
      name[name.index(after: mark)...].allSatisfy(\.isNumber), name.index(after: mark) != name.endIndex
    {
      name = name[..<mark]
    }
    let tail = name.reversed().prefix { $0.isNumber || $0 == "_" }
    guard tail.filter(\.isNumber).count >= 8 else { return event }
    return String(name.dropLast(tail.count))
  }

  /// IAM prefixes of services whose event source begins otherwise. unverified: from AWS's service authorization
  /// reference and the event sources in the services' own guides.
  private static let prefixes = [
    "monitoring": "cloudwatch", "tagging": "tag", "cloudcontrolapi": "cloudformation", "email": "ses",
    "models-v2-lex": "lex", "runtime-v2-lex": "lex", "iotdata": "iot", "entitlement-marketplace": "aws-marketplace",
    "logs-internal": "logs", "serverlessrepo": "serverlessrepo", "edge": "lambda",
  ]
}
