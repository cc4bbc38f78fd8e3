import Cloud
import Identity
import Policy
import Wire

/// A topic's access policy.
enum TopicPolicy {
  /// AWS: SNS quotas do not name one; SetTopicAttributes takes 30 KB. unverified
  private static let sizeLimit = 30_720
  /// AWS: SNS developer guide, "Amazon SNS quotas", statements of a topic policy. unverified: AWS names none.
  static let statementLimit = 100

  /// The policy that a topic has unless it is given another.
  static func standard(_ location: TopicLocation) -> String {
    let actions = [
      "GetTopicAttributes", "SetTopicAttributes", "AddPermission", "RemovePermission", "DeleteTopic", "Subscribe",
      "ListSubscriptionsByTopic", "Publish",
    ].map { "\"SNS:\($0)\"" }.joined(separator: ",")
    return
      "{\"Version\":\"2008-10-17\",\"Id\":\"__default_policy_ID\",\"Statement\":[{\"Sid\":\"__default_statement_ID\","
      + "\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"*\"},\"Action\":[\(actions)],\"Resource\":\"\(location.arn)\","
      + "\"Condition\":{\"StringEquals\":{\"AWS:SourceOwner\":\"\(location.account)\"}}}]}"
  }

  /// A given policy, with the users and roles that it names pinned to their ids.
  /// - Parameter text: an empty one gives the topic its default policy again.
  static func checked(
    _ text: String, of location: TopicLocation, _ transaction: Transaction
  ) throws(AWSError) -> String {
    if text.isEmpty { return standard(location) }
    if text.utf8.count > sizeLimit { throw .invalidParameter("Policy", "Policy is too long") }  // unverified: words
    guard let document = try? PolicyDocument(parsing: text), document.statementCount > 0,
      ["2012-10-17", "2008-10-17"].contains(document.version), let root = JSONValue(parsing: text)
    else { throw .invalidParameter("Policy Error: null") }
    for index in 0..<document.statementCount where document.effect(ofStatement: index) == nil {
      throw .invalidParameter("Policy Error: null")
    }
    let statements = root["Statement"]?.array ?? root["Statement"].map { [$0] } ?? []
    for statement in statements { try check(statement) }
    let pinned: String
    do throws(AWSError) { pinned = try Principals.pin(text, in: transaction) } catch {
      throw error.code == "MalformedPolicyDocument" ? .invalidParameter("Policy Error: PrincipalNotFound") : error
    }
    // Pinning writes the text anew; a policy that names no user or role stays as it was given.
    return pinned.contains("\"AIDA") || pinned.contains("\"AROA") ? pinned : text
  }

  private static func check(_ statement: JSONValue) throws(AWSError) {
    guard statement["Principal"] != nil || statement["NotPrincipal"] != nil else {
      throw .invalidParameter("Policy Error: null")
    }
    if texts(statement["Resource"]).count > 1 {
      throw .invalidParameter("Policy statement must apply to a single resource!")
    }
    // AWS refuses actions that a topic's policy cannot grant; patterns for all of them too.
    for action in texts(statement["Action"]) where action != "*" {
      let parts = action.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, parts[0].lowercased() == "sns", isInScope(parts[1].lowercased()) else {
        throw .invalidParameter("Policy statement action out of service scope!")
      }
    }
  }

  /// Whether a policy may name an action. Patterns such as `Get*` are taken if they stand for one that can be granted.
  /// unverified: whether AWS takes `SNS:*`; it is taken here.
  private static func isInScope(_ action: String) -> Bool {
    guard let star = action.firstIndex(where: { $0 == "*" || $0 == "?" }) else {
      return Access.policyActions.contains { $0.lowercased() == action }
    }
    return Access.policyActions.contains { $0.lowercased().hasPrefix(action[..<star]) }
  }

  private static func texts(_ value: JSONValue?) -> [String] {
    value?.array?.compactMap(\.string) ?? value?.string.map { [$0] } ?? []
  }

  /// The policy as it is shown: with the names of those who are still there.
  static func shown(_ text: String, _ transaction: Transaction) throws(AWSError) -> String {
    try Principals.render(text, in: transaction)
  }
}
