/// Runs decisions written down as JSON lines, one case a line:
/// `{"id", "request": {"principal", "action", "resource", "resourceAccount", "context"}, "identityPolicies": [], "boundaries":
/// [], "sessionPolicy", "scps": [[]], "rcps": [[]], "resourcePolicy", "vpcePolicies": [], "principalInManagementAccount",
/// "resourceInManagementAccount"}`.
public enum PolicyCases {
  /// Why a line is no case.
  public enum Failure: Error, Sendable, CustomStringConvertible {
    case syntax(PolicySyntaxError)
    /// A member is missing or of the wrong type.
    case shape(String)

    public var description: String {
      switch self {
      case .syntax(let error): error.description
      case .shape(let message): message
      }
    }
  }

  /// A line, read: what to judge and what is expected of it.
  public struct Case: Sendable {
    public let id: String
    public let request: AuthorizationRequest
    public let policies: PolicySet
    /// The expected decision, if the line tells it.
    public let expect: Decision.Outcome?
  }

  /// Judges one line, and answers with one: `{"id", "decision", "layer", "layers": [{"layer", "verdict", "grant", "by"}]}`.
  /// Rules of the services themselves (``ServiceRule``) count as implicit denials here.
  public static func run(line: String) throws(Failure) -> String {
    let one = try read(line: line)
    let decision = PolicyEvaluator.decide(one.request, one.policies)
    let rule = refusal(decision, one.request)
    var out = JSONText()
    out.raw("{")
    out.member("id", one.id, first: true)
    out.member("decision", rule == nil ? decision.outcome.rawValue : Decision.Outcome.implicitDeny.rawValue)
    out.member("layer", rule == nil ? decision.decider.name : "service")
    if let rule { out.member("rule", rule.rawValue) }
    out.raw(",\"layers\":[")
    if decision.decider != .always {
      for (index, layer) in PolicyLayer.allCases.enumerated() {
        let result = decision.layers[layer]
        if index > 0 { out.raw(",") }
        out.raw("{")
        out.member("layer", layer.rawValue, first: true)
        out.member("verdict", result.verdict.rawValue)
        if layer == .resource, result.verdict != .notApplicable { out.member("grant", result.grant.name) }
        if let reference = result.statement, let source = one.policies.source(reference, in: layer) {
          out.member("by", source.label(ofStatement: reference.statement))
        }
        out.raw("}")
      }
    }
    out.raw("]}")
    return out.text
  }

  /// The decision of a case, with the services' own rules.
  public static func outcome(of one: Case) -> Decision.Outcome {
    let decision = PolicyEvaluator.decide(one.request, one.policies)
    return refusal(decision, one.request) == nil ? decision.outcome : .implicitDeny
  }

  private static func refusal(_ decision: Decision, _ request: AuthorizationRequest) -> ServiceRule? {
    decision.isAllowed ? ServiceRule.refusing(action: request.action, resource: request.resource) : nil
  }

  /// Reads one line.
  public static func read(line: String) throws(Failure) -> Case {
    let root: JSONNode
    do { root = try JSONReader.read(Array(line.utf8)) } catch { throw .syntax(error) }
    guard let id = root["id"]?.string, let request = root["request"] else { throw .shape("a case has id and request") }
    guard let action = request["action"]?.string, let resource = request["resource"]?.string else {
      throw .shape("a request has action and resource")
    }
    var context = ConditionContext()
    for member in request["context"]?.members ?? [] {
      switch member.node.value {
      case .array(let elements): context.set(member.key, all: elements.compactMap(text))
      case .null: break
      default: context.set(member.key, text(member.node))
      }
    }
    var roleARN: String?
    if case .single(let arn) = context["aws:PrincipalArn"] { roleARN = arn }
    let principal = Principal(
      named: request["principal"]?.string, roleARN: roleARN,
      isServiceLinkedRole: request["serviceLinkedRole"]?.bool == true ? true : nil,
      isInManagementAccount: root["principalInManagementAccount"]?.bool ?? false)
    let silent = request["noResourcePolicy"]?.bool == true || root["resourcePolicyExpected"]?.bool == false
    let policies = PolicySet(
      identity: try sources(root["identityPolicies"], .userInline),
      boundaries: try sources(root["boundaries"], .boundary),
      session: try sources(root["sessionPolicy"], .sessionInline).nonEmpty,
      scpLevels: try levels(root["scps"], .serviceControl),
      rcpLevels: try levels(root["rcps"], .resourceControl),
      resource: try sources(root["resourcePolicy"], .resource).first,
      vpcEndpoint: try sources(root["vpcePolicies"], .vpcEndpoint),
      resourceIsInManagementAccount: root["resourceInManagementAccount"]?.bool ?? false,
      resourceRule: silent ? .mayAllow : .automatic)
    return Case(
      id: id,
      request: AuthorizationRequest(
        principal: principal, action: action, resource: resource, resourceAccount: request["resourceAccount"]?.string,
        context: context),
      policies: policies, expect: root["expect"]?.string.flatMap(Decision.Outcome.init(rawValue:)))
  }

  private static func text(_ node: JSONNode) -> String? {
    switch node.value {
    case .string(let text), .number(let text): text
    case .bool(let value): value ? "true" : "false"
    default: nil
    }
  }

  private static func levels(
    _ node: JSONNode?, _ kind: PolicySource.Kind
  ) throws(Failure) -> [[PolicySource]] {
    var levels: [[PolicySource]] = []
    for level in node?.elements ?? [] { levels.append(try sources(level, kind)) }
    return levels
  }

  private static func sources(
    _ node: JSONNode?, _ kind: PolicySource.Kind
  ) throws(Failure) -> [PolicySource] {
    guard let node, !node.isNull, node.members?.isEmpty != true else { return [] }
    var sources: [PolicySource] = []
    for (index, element) in node.asList.enumerated() {
      do {
        // Written out again, so that positions are the document's own.
        var text = JSONText()
        text.node(element)
        let document = try PolicyDocument(parsing: text.text)
        sources.append(PolicySource(kind, name: element["_name"]?.string ?? String(index), document))
      } catch { throw .syntax(error) }
    }
    return sources
  }
}

extension Array {
  /// Nothing instead of an empty array.
  fileprivate var nonEmpty: [Element]? { isEmpty ? nil : self }
}
