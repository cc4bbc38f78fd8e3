import Cloud
import Policy
import Wire

/// AddPermission and RemovePermission: they write a topic's policy.
enum Permissions {
  static func add(
    _ input: AddPermissionInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let location = try TopicLocation(input.topicArn, context)
    let old = try location.topic(transaction)
    if input.label.isEmpty { throw .invalidParameter("Label") }
    var document = Statements(old.settings.policy ?? TopicPolicy.standard(location))
    if document.sids.contains(input.label) { throw .invalidParameter("Statement already exists") }
    guard !input.actionName.isEmpty, input.actionName.allSatisfy(Access.policyActions.contains) else {
      throw .invalidParameter("Policy statement action out of service scope!")
    }
    guard !input.awsAccountId.isEmpty, input.awsAccountId.allSatisfy({ AccountID($0) != nil }) else {
      throw .invalidParameter("Policy Error: PrincipalNotFound")
    }
    if document.statements.count >= TopicPolicy.statementLimit {
      throw .invalidParameter("Policy", "Too many statements")  // unverified: words
    }
    let principals = input.awsAccountId.map { "arn:aws:iam::\($0):root" }
    document.statements.append(
      "{\"Sid\":\(JSONValue.string(input.label).text),\"Effect\":\"Allow\","
        + "\"Principal\":{\"AWS\":\(oneOrMany(principals))},"
        + "\"Action\":\(oneOrMany(input.actionName.map { "SNS:\($0)" })),\"Resource\":\"\(location.arn)\"}")
    var new = old
    new.settings.policy = document.text
    try transaction.update(old, to: new, in: location.scope)
    return NoMembers()
  }

  static func remove(
    _ input: RemovePermissionInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let location = try TopicLocation(input.topicArn, context)
    let old = try location.topic(transaction)
    var document = Statements(old.settings.policy ?? TopicPolicy.standard(location))
    // A label that isn't there is no error. unverified
    document.remove(input.label)
    var new = old
    new.settings.policy = document.text
    try transaction.update(old, to: new, in: location.scope)
    return NoMembers()
  }

  private static func oneOrMany(_ values: [String]) -> String {
    let texts = values.map { JSONValue.string($0).text }
    return texts.count == 1 ? texts[0] : "[\(texts.joined(separator: ","))]"
  }

  /// A policy's text in pieces, so that statements keep the words their author gave them.
  private struct Statements {
    private let version: String
    private let id: String?
    var statements: [String] = []
    private(set) var sids: [String?] = []

    init(_ text: String) {
      let document = try? PolicyDocument(parsing: text)
      version = document?.version ?? "2008-10-17"
      id = document?.id
      for index in 0..<(document?.statementCount ?? 0) {
        statements.append(document?.text(ofStatement: index) ?? "{}")
        sids.append(document?.sid(ofStatement: index))
      }
    }

    mutating func remove(_ sid: String) {
      for index in sids.indices.reversed() where sids[index] == sid {
        sids.remove(at: index)
        statements.remove(at: index)
      }
    }

    var text: String {
      let id = id.map { ",\"Id\":\(JSONValue.string($0).text)" } ?? ""
      return "{\"Version\":\"\(version)\"\(id),\"Statement\":[\(statements.joined(separator: ","))]}"
    }
  }
}
